package ru.elumenta.examples.comparison;

import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.Request;
import feign.RequestLine;
import feign.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;

/** A way to ask for one image. */
enum Contender {
  /** This client with its defaults, but for the time of an attempt. */
  ELUMENTA_CLIENT("this client") {
    @Override
    String ask(String url) {
      try (ElumentaClient elumenta =
          ElumentaClient.builder()
              .apiKey("nb_not_a_real_key")
              .baseUrl(url)
              .attemptTimeout(TIME_OUT)
              .build()) {
        Generation image =
            elumenta.generate(
                new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk"));
        return RESULT + " " + image.getId();
      } catch (ElumentaException e) {
        return e.getClass().getSimpleName() + ", " + e.execution();
      }
    }
  },

  /** The documentation's retry sample, rewritten from Python. */
  DOCUMENTATION_LOOP("documentation's loop") {
    private static final int ATTEMPTS = 3;
    private static final List<Integer> RETRY_ON = List.of(429, 500, 503);

    @Override
    String ask(String url) throws IOException, InterruptedException {
      HttpClient http = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/generate"))
              .header("Authorization", "Bearer nb_not_a_real_key")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON))
              .build();
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          HttpResponse<String> response = sent(http, request);
          if (!RETRY_ON.contains(response.statusCode())) {
            return response.statusCode() < 300
                ? resultIn(response.body())
                : "HTTP " + response.statusCode();
          }
          if (attempt == ATTEMPTS - 1) {
            return "HTTP " + response.statusCode();
          }
          sleep(
              response.statusCode() == 429
                  ? response.headers().firstValue("Retry-After").map(Long::valueOf).orElse(60L)
                  : 1L << attempt);
        } catch (HttpTimeoutException e) {
          if (attempt == ATTEMPTS - 1) {
            throw e;
          }
          sleep(1L << attempt);
        }
      }
      return "nothing";
    }

    /** As with the sample's library, a time-out within the body is no time-out but an error. */
    private HttpResponse<String> sent(HttpClient http, HttpRequest request)
        throws IOException, InterruptedException {
      AtomicBoolean isInBody = new AtomicBoolean();
      try {
        return http.sendAsync(
                request,
                head -> {
                  isInBody.set(true);
                  return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
                })
            .get(TIME_OUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw isInBody.get()
            ? new IOException("read timed out within the body")
            : new HttpTimeoutException("read timed out");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }

    private void sleep(long seconds) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(Duration.ofSeconds(seconds).dividedBy(SPEED).toNanos());
    }
  },

  /** Feign with its defaults, but for the time-outs. */
  FEIGN_DEFAULTS("Feign's defaults") {
    @Override
    String ask(String url) {
      FeignApi api =
          Feign.builder()
              .options(
                  new Request.Options(
                      10_000,
                      TimeUnit.MILLISECONDS,
                      TIME_OUT.toMillis(),
                      TimeUnit.MILLISECONDS,
                      true))
              .target(FeignApi.class, url);
      try {
        return resultIn(api.generate(JSON));
      } catch (RetryableException e) {
        return "RetryableException: " + e.getMessage().replaceAll(" executing.*", "");
      } catch (FeignException e) {
        return e.getClass().getSimpleName() + ", HTTP " + e.status();
      }
    }
  };

  /** An interface as one writes it for Feign. */
  interface FeignApi {
    @RequestLine("POST /generate")
    @Headers({"Authorization: Bearer nb_not_a_real_key", "Content-Type: application/json"})
    String generate(String json);
  }

  static final String RESULT = "the result";

  /** By how much the seconds of the documentation and of Feign are shortened. */
  static final int SPEED = 60;

  static final Duration TIME_OUT = Duration.ofSeconds(60).dividedBy(SPEED);

  private static final String JSON = "{\"model\":\"dall-e-3\",\"prompt\":\"A lighthouse at dusk\"}";

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  private static String resultIn(String body) {
    return body.endsWith("}")
        ? RESULT + " " + body.replaceAll("\\D+(\\d+).*", "$1")
        : "half a body, as if it were a whole one";
  }

  /** Asks for the image, and says what the caller learned. */
  abstract String ask(String url) throws IOException, InterruptedException;
}
