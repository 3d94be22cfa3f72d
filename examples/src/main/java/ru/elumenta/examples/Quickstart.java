package ru.elumenta.examples;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.PollingOptions;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.examples.EmbeddedService.Answer;

/**
 * Shows what the client does with everything the documentation describes, against a server on this
 * machine: no account, no key. With {@code ELUMENTA_API_KEY} set it asks the real service for the
 * balance instead, which costs nothing.
 */
public final class Quickstart {
  private static final String ROW = "%-34s  %-84s  %8s  %7s%n";

  private Quickstart() {}

  /** Runs it. */
  public static void main(String[] args) {
    if (System.getenv("ELUMENTA_API_KEY") == null) {
      run();
      return;
    }
    try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
      System.out.println(elumenta.api(UserApi.class).getBalance());
    }
  }

  static void run() {
    System.out.printf(ROW, "call", "outcome", "requests", "time");
    try (EmbeddedService service = new EmbeddedService();
        ElumentaClient elumenta =
            ElumentaClient.builder()
                .apiKey("nb_not_a_real_key")
                .baseUrl(service.url())
                .polling(PollingOptions.defaults().withInterval(Duration.ofMillis(200)))
                .build()) {
      for (Scenario scenario : scenarios()) {
        print(scenario, service, elumenta);
      }
    }
  }

  private static void print(Scenario scenario, EmbeddedService service, ElumentaClient elumenta) {
    service.willAnswer(scenario.answers());
    long start = System.nanoTime();
    String outcome;
    try {
      outcome = Outcome.of(scenario.call().apply(elumenta));
    } catch (ElumentaException e) {
      outcome = Outcome.of(e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        ROW, scenario.name(), outcome, service.requests(), "%.2f s".formatted(seconds));
  }

  /**
   * One row of the table.
   *
   * @param answers what the server answers, one request after the other; the last one stays
   */
  private record Scenario(
      String name, Function<ElumentaClient, Generation> call, List<Answer> answers) {}

  private static Generation image(ElumentaClient elumenta) {
    return elumenta.generate(
        new GenerationRequest()
            .model("dall-e-3")
            .prompt("A lighthouse at dusk")
            .putParamsItem("size", "1024x1024"));
  }

  private static Generation video(ElumentaClient elumenta) {
    GenerationJob job =
        elumenta.submit(
            new GenerationRequest().model("kling-v2.1-pro").prompt("Waves below a lighthouse"));
    return job.await(Duration.ofMinutes(1));
  }

  private static List<Scenario> scenarios() {
    Answer image = Answer.of(200, "generations", "completed-image");
    Answer pending = Answer.of(200, "generations", "pending-video");
    Answer video = Answer.of(200, "generations", "completed-video");
    Answer provider = Answer.of(500, "errors", "provider-error");
    Answer gatewayFailed = new Answer(502, "<html>Bad gateway</html>", null);
    Answer unavailable = Answer.of(503, "errors", "model-unavailable");
    return List.of(
        new Scenario("generate an image", Quickstart::image, List.of(image)),
        new Scenario(
            "submit a video, wait for it",
            Quickstart::video,
            List.of(pending, pending, pending, video)),
        error("wrong parameters", 400, "bad-request"),
        error("wrong key", 401, "not-authenticated"),
        error("expired token", 401, "token-expired"),
        error("too few tokens", 402, "insufficient-tokens"),
        error("plan too low", 403, "insufficient-plan"),
        error("no such model", 404, "not-found"),
        new Scenario(
            "e-mail known already",
            Quickstart::image,
            List.of(new Answer(409, "{\"message\":\"Email already registered\"}", null))),
        error("invalid field", 422, "validation-failed"),
        error("limit reached for a quarter hour", 429, "hourly-limit"),
        error("provider fails for good", 500, "provider-error"),
        error("model down for good", 503, "model-unavailable"),
        new Scenario(
            "limit reached for a second",
            Quickstart::image,
            List.of(
                new Answer(
                    429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}", "1"),
                image)),
        new Scenario("provider fails once", Quickstart::image, List.of(provider, image)),
        new Scenario("model down once", Quickstart::image, List.of(unavailable, image)),
        new Scenario(
            "answer lost, found in the history",
            Quickstart::image,
            List.of(gatewayFailed, historyWithTheImage(), image)),
        new Scenario(
            "answer lost, history unreadable",
            Quickstart::image,
            List.of(gatewayFailed, new Answer(200, "<html>Sign in</html>", null))),
        failed("model overloaded", "failed-overloaded"),
        failed("generation took too long", "failed-timeout"),
        failed("prompt refused", "failed-content-policy"),
        failed("prompt refused by filter", "failed-safety-filter"),
        failedWith("provider failed", "Provider error: upstream answered nothing"),
        failedWith("failed otherwise", "Something else"));
  }

  private static Answer historyWithTheImage() {
    String row =
        "{\"id\":18600,\"model_slug\":\"dall-e-3\",\"prompt\":\"A lighthouse at dusk\","
            + "\"status\":\"completed\",\"created_at\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(60));
    String page = "{\"items\":[%s],\"total\":1,\"page\":1,\"limit\":100}".formatted(row);
    return new Answer(200, page, null);
  }

  private static Scenario error(String name, int status, String sample) {
    return new Scenario(name, Quickstart::image, List.of(Answer.of(status, "errors", sample)));
  }

  private static Scenario failed(String name, String sample) {
    return new Scenario(name, Quickstart::image, List.of(Answer.of(200, "generations", sample)));
  }

  private static Scenario failedWith(String name, String error) {
    String body = "{\"id\":18503,\"status\":\"failed\",\"error\":\"" + error + "\"}";
    return new Scenario(name, Quickstart::image, List.of(new Answer(200, body, null)));
  }
}
