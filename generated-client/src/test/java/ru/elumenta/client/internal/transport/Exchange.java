package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Client;
import feign.Request;
import feign.Response;
import feign.Util;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How one exchange ended: with a response whose body was read, or with a failure.
 *
 * @param startedAt when it was begun, in {@link System#nanoTime()}
 * @param endedAt when it ended
 * @param interrupted whether the thread's interrupt flag was set at the end
 */
record Exchange(
    Response response,
    String body,
    IOException failure,
    long startedAt,
    long endedAt,
    boolean interrupted) {

  static Request post(String url) {
    return request(Request.HttpMethod.POST, url, "{\"n\":1}");
  }

  static Request request(Request.HttpMethod method, String url, String body) {
    return request(method, url, body, Map.of());
  }

  static Request request(
      Request.HttpMethod method, String url, String body, Map<String, Collection<String>> headers) {
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    return Request.create(method, url, headers, bytes, StandardCharsets.UTF_8, null);
  }

  static Exchange of(Client transport, Request request, Duration limit) {
    Request.Options options = new Request.Options(limit, limit, false);
    long startedAt = System.nanoTime();
    try {
      Response response = transport.execute(request, options);
      byte[] body = Util.toByteArray(response.body().asInputStream());
      long endedAt = System.nanoTime();
      String text = new String(body, StandardCharsets.UTF_8);
      return new Exchange(response, text, null, startedAt, endedAt, isInterrupted());
    } catch (IOException e) {
      return new Exchange(null, null, e, startedAt, System.nanoTime(), isInterrupted());
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  Duration elapsed() {
    return Duration.ofNanos(endedAt - startedAt);
  }

  int status() {
    assertThat(failure).isNull();
    return response.status();
  }

  /** Asserts that it failed so. */
  ExchangeException failed(ExchangeException.Kind kind) {
    assertThat(failure).isInstanceOf(ExchangeException.class);
    ExchangeException exchange = (ExchangeException) failure;
    assertThat(exchange.kind()).as(exchange.toString()).isEqualTo(kind);
    return exchange;
  }

  ExchangeException failed(ExchangeException.Kind kind, boolean requestLeft) {
    ExchangeException exchange = failed(kind);
    assertThat(exchange.requestLeft()).as("requestLeft").isEqualTo(requestLeft);
    return exchange;
  }

  /** Whether a thread waits, be it for another or in a socket, where it counts as running. */
  static boolean isBlocked(Thread thread) {
    if (List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState())) {
      return true;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].getClassName().startsWith("sun.nio.ch.")
        && stack[0].isNativeMethod();
  }

  /** An exchange on a thread of its own. */
  static final class Running {
    private final CompletableFuture<Exchange> end = new CompletableFuture<>();
    private final Thread thread;

    private Running(Client transport, Request request, Duration limit) {
      thread =
          new Thread(
              () -> {
                try {
                  end.complete(Exchange.of(transport, request, limit));
                } catch (RuntimeException | Error e) {
                  end.completeExceptionally(e);
                }
              },
              "caller");
      thread.setDaemon(true);
    }

    static Running start(Client transport, Request request, Duration limit) {
      Running running = new Running(transport, request, limit);
      running.thread.start();
      return running;
    }

    void interrupt() {
      thread.interrupt();
    }

    /** Returns once the thread has begun to wait, which it does for the exchange. */
    void awaitWaiting() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!isBlocked(thread)) {
        assertThat(System.nanoTime()).as("the caller waits").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }

    Exchange await() throws InterruptedException, ExecutionException, TimeoutException {
      return end.get(5, TimeUnit.SECONDS);
    }
  }
}
