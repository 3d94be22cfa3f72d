package com.example.stock;

import com.example.restclient.ApiClient;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClientResponseException;
import com.example.restclient.api.GenerationsApi;
import com.example.restclient.api.HistoryApi;
import com.example.restclient.api.ModelsApi;
import com.example.restclient.api.UserApi;
import com.example.restclient.model.Generation;
import com.example.restclient.model.GenerationRequest;
import com.example.restclient.model.PriceRequest;
import java.util.concurrent.Callable;
import ru.elumenta.contract.ElumentaSimulator;

/** Generator java, library restclient: Spring's client and Jackson; no option is needed, but a transport. */
final class RestClient implements StockClient {
  private final GenerationsApi generations;
  private final HistoryApi history;
  private final ModelsApi models;
  private final UserApi users;
  private Generation last;

  RestClient(ElumentaSimulator service) {
    // Left to itself Spring takes Apache's client if there is one, which sends a refused POST again.
    ApiClient client =
        new ApiClient(
            ApiClient.buildRestClientBuilder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .build());
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
    } catch (RestClientResponseException e) {
      throw new Refused(e.getStatusCode().value(), e.getResponseBodyAsString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
