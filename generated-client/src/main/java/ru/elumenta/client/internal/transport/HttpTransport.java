package ru.elumenta.client.internal.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Feign's transport over {@code java.net.http}.
 *
 * <p>One time limit, the read time-out of the options, spans connecting, headers and body: the
 * JDK's own request time-out ends with the headers, and a stalled body would hang for ever. A
 * request is sent once; redirects are not followed; an interrupt ends the wait at once and closes
 * the connection. If the body of an error response stalls or breaks, the error is still delivered
 * with what came of it.
 *
 * <p>Failures are {@link ExchangeException}s. Thread-safe.
 */
public final class HttpTransport implements Client, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  static final String CLOSED = "because the client is closed";

  /** Set by the JDK itself; it refuses them from callers. */
  private static final Set<String> RESTRICTED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(threadFactory());
  private final HttpClient http;
  private volatile boolean closed;

  /** Creates a transport with connections and threads of its own; {@link #close()} ends both. */
  public HttpTransport() {
    http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    return execute(request, options, new Arrival(false));
  }

  /**
   * Returns this transport for requests whose success is read while it arrives. It answers as soon
   * as the headers of a success are there; the body is an {@link ArrivingBody}, which is to be read
   * to its end or closed.
   */
  public Client streaming() {
    return (request, options) -> execute(request, options, new Arrival(true));
  }

  private Response execute(Request request, Request.Options options, Arrival arrival)
      throws IOException {
    if (closed) {
      throw new ExchangeException(ExchangeException.Kind.INTERRUPTED, false, null, CLOSED, null);
    }
    Optional<Upload> upload =
        options instanceof AttemptOptions attempt ? attempt.upload() : Optional.empty();
    if (upload.isEmpty()) {
      return execute(request, new TrackedRequestBody(request.body()), options, arrival);
    }
    try (UploadingBody uploading = UploadingBody.open(upload.get())) {
      return execute(request, new TrackedRequestBody(uploading), options, arrival);
    }
  }

  private Response execute(
      Request request, TrackedRequestBody body, Request.Options options, Arrival arrival)
      throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange = send(request, body, arrival);
    CompletableFuture<Object> answer = arrival.answerTo(exchange);
    boolean isReadLater = false;
    inFlight.add(exchange);
    try {
      if (closed) { // meanwhile
        throw new CancellationException();
      }
      Object answered =
          options.readTimeout() == 0
              ? answer.get()
              : answer.get(options.readTimeout(), options.readTimeoutUnit());
      if (answered instanceof ArrivingBody arriving) {
        arriving.attach(exchange, request, options, () -> closed);
        isReadLater = true;
        return response(request, arriving.status(), arriving.headers()).body(arriving).build();
      }
      return response(request, (PartialResponse) answered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(
          ExchangeException.Kind.INTERRUPTED, body, arrival, "while a request was under way", e);
    } catch (CancellationException e) {
      throw failure(ExchangeException.Kind.INTERRUPTED, body, arrival, CLOSED, e);
    } catch (TimeoutException e) {
      return errorOrThrow(
          request, failure(ExchangeException.Kind.TIMEOUT, body, arrival, "time ran out", null));
    } catch (ExecutionException e) {
      if (closed) {
        throw failure(ExchangeException.Kind.INTERRUPTED, body, arrival, CLOSED, null);
      }
      return errorOrThrow(request, broken(body, arrival, e.getCause()));
    } finally {
      if (!isReadLater) {
        exchange.cancel(true);
      }
      exchange.whenComplete((whole, broken) -> inFlight.remove(exchange));
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> send(
      Request request, TrackedRequestBody body, Arrival arrival) throws ExchangeException {
    try {
      return http.sendAsync(httpRequest(request, body), arrival);
    } catch (RejectedExecutionException e) {
      throw failure(ExchangeException.Kind.INTERRUPTED, body, arrival, CLOSED, null);
    } catch (IllegalArgumentException e) {
      // The JDK's message quotes the header, which may be the Authorization header.
      throw failure(
          ExchangeException.Kind.BROKEN,
          body,
          arrival,
          "a header or the address of the request cannot be sent",
          null);
    }
  }

  /** A status of its own worth is not lost because its body is: the caller gets the error. */
  private static Response errorOrThrow(Request request, ExchangeException failure)
      throws ExchangeException {
    PartialResponse received = failure.received().orElseThrow(() -> failure);
    if (received.status() >= 200 && received.status() < 300) {
      throw failure;
    }
    return response(request, received);
  }

  private static ExchangeException broken(
      TrackedRequestBody body, Arrival arrival, Throwable cause) {
    Throwable root = root(cause);
    if (body.sourceFailure().isPresent()) {
      IOException unreadable = body.sourceFailure().get();
      return failure(
          ExchangeException.Kind.SOURCE, body, arrival, describe(unreadable, ""), unreadable);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new ExchangeException(
          ExchangeException.Kind.BROKEN,
          body.wasHandedOver(),
          null,
          "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s",
          null);
    }
    if (cause instanceof ConnectException) {
      // Believed only if the body stayed here: a repeated connect says nothing about the first.
      return new ExchangeException(
          ExchangeException.Kind.BROKEN,
          body.wasHandedOver(),
          null,
          describe(root, "no connection"),
          cause);
    }
    if (root instanceof BodyTooLargeException) {
      return failure(ExchangeException.Kind.TOO_LARGE, body, arrival, root.getMessage(), null);
    }
    return failure(
        ExchangeException.Kind.BROKEN, body, arrival, describe(root, "connection lost"), cause);
  }

  private static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** Says in a few words how a connection broke. */
  static String description(Throwable cause) {
    return describe(root(cause), "connection lost");
  }

  private static String describe(Throwable root, String otherwise) {
    String kind = root.getClass().getSimpleName();
    return root.getMessage() == null
        ? otherwise + " (" + kind + ")"
        : root.getMessage() + " (" + kind + ")";
  }

  private static ExchangeException failure(
      ExchangeException.Kind kind,
      TrackedRequestBody body,
      Arrival arrival,
      String message,
      Throwable cause) {
    return new ExchangeException(kind, body.mayHaveLeft(), arrival.received(), message, cause);
  }

  private static HttpRequest httpRequest(Request request, TrackedRequestBody body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.url()))
            // With HTTP/2, giving up closes a stream and keeps the connection, dead or not; and on
            // plain http the JDK would first ask for an upgrade.
            .version(HttpClient.Version.HTTP_1_1)
            .method(request.httpMethod().name(), body);
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  private static Response response(Request request, PartialResponse received) {
    return response(request, received.status(), received.headers())
        .body(new ReceivedBody(received.body()))
        .build();
  }

  private static Response.Builder response(
      Request request, int status, Map<String, List<String>> received) {
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    received.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
    return Response.builder().status(status).headers(headers).request(request);
  }

  /** Ends every exchange in flight, then connections and threads. Idempotent. */
  @Override
  public void close() {
    closed = true;
    inFlight.forEach(exchange -> exchange.cancel(true));
    threads.shutdown();
    try {
      // From JDK 21 on an HttpClient can be closed; before, it ends when it is no longer
      // referenced.
      HttpClient.class.getMethod("shutdownNow").invoke(http);
    } catch (NoSuchMethodException beforeJdk21) {
      // Nothing to do.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The JDK's HTTP client could not be shut down.", e);
    }
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "elumenta-http-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
