package ru.elumenta.examples.comparison;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The retry sample of the documentation's error-handling page, rewritten from Python. What it does
 * not catch is not caught here either: a lost connection, or a time-out within the body, which its
 * library raises as a {@code ConnectionError} and not as a {@code Timeout}.
 */
final class DocumentationLoop {
  private static final int ATTEMPTS = 3;
  private static final List<Integer> RETRY_ON = List.of(429, 500, 503);

  private DocumentationLoop() {}

  static Learned ask(String url) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/generate"))
            .header("Authorization", "Bearer nb_not_a_real_key")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Contender.JSON))
            .build();
    for (int attempt = 0; ; attempt++) {
      boolean isLast = attempt == ATTEMPTS - 1;
      try {
        HttpResponse<String> response = send(http, request);
        if (isLast || !RETRY_ON.contains(response.statusCode())) {
          return response.statusCode() < 400
              ? Learned.body(response.body())
              : Learned.status("HTTPError", response.statusCode());
        }
        sleep(
            response.statusCode() == 429
                ? response.headers().firstValue("Retry-After").map(Long::valueOf).orElse(60L)
                : 1L << attempt);
      } catch (HttpTimeoutException e) {
        if (isLast) {
          throw e;
        }
        sleep(1L << attempt);
      }
    }
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    AtomicBoolean isInBody = new AtomicBoolean();
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(
            request,
            head -> {
              isInBody.set(true);
              return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
            });
    try {
      return response.get(TimeScale.TIME_OUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw isInBody.get()
          ? new IOException("read timed out within the body")
          : new HttpTimeoutException("read timed out");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static void sleep(long seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(TimeScale.shortened(seconds).toNanos());
  }
}
