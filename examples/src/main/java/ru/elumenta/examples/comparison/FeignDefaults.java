package ru.elumenta.examples.comparison;

import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.Request;
import feign.RequestLine;
import feign.RetryableException;
import java.time.Duration;

/** Feign with its defaults, but for the 60 s that it waits for each read. */
final class FeignDefaults {
  private FeignDefaults() {}

  /** An interface as one writes it for Feign. */
  private interface Api {
    @RequestLine("POST /generate")
    @Headers({"Authorization: Bearer nb_not_a_real_key", "Content-Type: application/json"})
    String generate(String json);
  }

  static Learned ask(String url) {
    Api api =
        Feign.builder()
            .options(new Request.Options(Duration.ofSeconds(10), TimeScale.TIME_OUT, true))
            .target(Api.class, url);
    try {
      return Learned.body(api.generate(Contender.JSON));
    } catch (RetryableException e) {
      return Learned.exception(e);
    } catch (FeignException e) {
      return Learned.status(e.getClass().getSimpleName(), e.status());
    }
  }
}
