package com.example.stock;

import com.example.feign.ApiClient;
import feign.FeignException;
import feign.Retryer;
import com.example.feign.api.GenerationsApi;
import com.example.feign.api.HistoryApi;
import com.example.feign.api.ModelsApi;
import com.example.feign.api.UserApi;
import com.example.feign.model.Generation;
import com.example.feign.model.GenerationRequest;
import com.example.feign.model.PriceRequest;
import java.util.concurrent.Callable;
import ru.elumenta.contract.ElumentaSimulator;

/** Generator java, library feign with its own templates: Feign and Jackson; no option is needed. */
final class FeignClient implements StockClient {
  private final GenerationsApi generations;
  private final HistoryApi history;
  private final ModelsApi models;
  private final UserApi users;
  private Generation last;

  FeignClient(ElumentaSimulator service) {
    ApiClient client = new ApiClient("bearerAuth").setBasePath(service.baseUrl());
    client.setBearerToken(service.apiKey());
    // Feign's own retryer would send a POST five times.
    client.getFeignBuilder().retryer(Retryer.NEVER_RETRY);
    generations = client.buildClient(GenerationsApi.class);
    history = client.buildClient(HistoryApi.class);
    models = client.buildClient(ModelsApi.class);
    users = client.buildClient(UserApi.class);
  }

  @Override
  public Read create(String model, String prompt) {
    return read(
        () ->
            generations.createGeneration(new GenerationRequest().model(model).prompt(prompt)));
  }

  @Override
  public Read readAgain() {
    return read(() -> generations.getGeneration(last.getId()));
  }

  private Read read(Callable<Generation> call) {
    last = answered(call);
    return new Read(
        String.valueOf(last.getId()),
        last.getStatus().getValue(),
        last.getResultText() == null ? last.getContent() : last.getResultText(),
        last.getResultUrl() == null ? last.getUrl() : last.getResultUrl());
  }

  @Override
  public long balance() {
    return answered(users::getBalance).getTokenBalance();
  }

  @Override
  public int history() {
    return (int)
        answered(() -> history.listHistory(1L, 20L, null, null, null, null, null, null)).getItems().stream()
            .filter(item -> answered(() -> generations.getGeneration(item.getId())) != null)
            .count();
  }

  @Override
  public double price(String model) {
    return answered(() -> models.calculatePrice(model, new PriceRequest().count(1L))).getTokenCost();
  }

  private static <T> T answered(Callable<T> call) {
    try {
      return call.call();
    } catch (FeignException e) {
      // With Retry-After it is another exception around the one that has the body.
      FeignException whole = e.getCause() instanceof FeignException cause ? cause : e;
      throw new Refused(e.status(), whole.contentUTF8());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
