package com.example.stock;

import com.example.okhttp.ApiClient;
import com.example.okhttp.ApiException;
import com.example.okhttp.api.GenerationsApi;
import com.example.okhttp.api.HistoryApi;
import com.example.okhttp.api.ModelsApi;
import com.example.okhttp.api.UserApi;
import com.example.okhttp.model.Generation;
import com.example.okhttp.model.GenerationRequest;
import com.example.okhttp.model.PriceRequest;
import java.util.concurrent.Callable;
import ru.elumenta.contract.ElumentaSimulator;

/** Generator java, library okhttp-gson: with GenerationId=String, see the POM. */
final class OkHttpClient implements StockClient {
  private final GenerationsApi generations;
  private final HistoryApi history;
  private final ModelsApi models;
  private final UserApi users;
  private Generation last;

  OkHttpClient(ElumentaSimulator service) {
    ApiClient client = new ApiClient();
    client.setBasePath(service.baseUrl());
    client.setBearerToken(service.apiKey());
    generations = new GenerationsApi(client);
    history = new HistoryApi(client);
    models = new ModelsApi(client);
    users = new UserApi(client);
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
    } catch (ApiException e) {
      throw new Refused(e.getCode(), e.getResponseBody());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
