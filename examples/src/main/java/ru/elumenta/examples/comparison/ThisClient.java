package ru.elumenta.examples.comparison;

import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;

/** This client with its defaults, but for the time of an attempt. */
final class ThisClient {
  private ThisClient() {}

  static Learned ask(String url) {
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey("nb_not_a_real_key")
            .baseUrl(url)
            .attemptTimeout(TimeScale.TIME_OUT)
            .build()) {
      return Learned.result(
          elumenta
              .generate(new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk"))
              .getId()
              .toString());
    } catch (ElumentaException e) {
      return Learned.exception(e, e.execution());
    }
  }
}
