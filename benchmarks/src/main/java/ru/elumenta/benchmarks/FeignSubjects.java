package ru.elumenta.benchmarks;

import feign.Client;
import feign.Feign;
import feign.Retryer;
import feign.jackson.JacksonDecoder;
import feign.jackson.JacksonEncoder;
import feign.okhttp.OkHttpClient;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.model.GenerationId;

/** Feign and Jackson as they come, with the same generated interface. */
final class FeignSubjects {
  private static final GenerationId ID = GenerationId.of("18473");

  private FeignSubjects() {}

  private static GenerationsApi api(Client client, String address) {
    return Feign.builder()
        .client(client)
        .encoder(new JacksonEncoder(Answers.JSON))
        .decoder(new JacksonDecoder(Answers.JSON))
        .retryer(Retryer.NEVER_RETRY)
        .requestInterceptor(template -> template.header("Authorization", "Bearer " + Answers.KEY))
        .target(GenerationsApi.class, address);
  }

  static Subject read() {
    GenerationsApi api = api(new CannedTransport(), "https://api.example.com");
    return () -> Require.answer(api.getGeneration(ID).getResultText());
  }

  static Subject create() {
    return creating(new CannedTransport(), "https://api.example.com");
  }

  static Subject onOurTransport(String address) {
    return creating(new HttpTransport(), address);
  }

  static Subject onOkHttp(String address) {
    return creating(new OkHttpClient(), address);
  }

  private static Subject creating(Client client, String address) {
    GenerationsApi api = api(client, address);
    return () -> Require.answer(api.createGeneration(Answers.request()).getResultText());
  }
}
