package ru.elumenta.client.internal.transport;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.hc.core5.http.HttpException;

/**
 * Feign's transport over blocking sockets, which the calling thread reads and writes itself.
 *
 * <p>One time limit, the read time-out of the options, spans connecting, TLS, sending, headers and
 * body. A request is sent once; redirects are not followed; an interrupt ends the exchange at once
 * in any of its phases and closes the connection. If the body of an error response stalls or
 * breaks, the error is still delivered with what came of it.
 *
 * <p>Failures are {@link ExchangeException}s. Thread-safe.
 */
public final class HttpTransport implements Client, AutoCloseable {
  static final String CLOSED = "because the client is closed";

  private final ConnectionEngine engine;
  private final boolean isOwnEngine;
  private final ClientNetwork network;
  private volatile boolean closed;

  /** Creates a transport with connections and threads of its own; {@link #close()} ends both. */
  public HttpTransport() {
    this(new ConnectionEngine(), true, ClientNetwork.defaults());
  }

  /**
   * Creates a transport.
   *
   * @param isOwnEngine whether {@link #close()} ends the engine as well, and not only what this
   *     transport has under way
   */
  public HttpTransport(ConnectionEngine engine, boolean isOwnEngine, ClientNetwork network) {
    this.engine = engine;
    this.isOwnEngine = isOwnEngine;
    this.network = network;
  }

  /** Returns another transport on the same engine and network, to be closed by itself. */
  public HttpTransport sibling() {
    return new HttpTransport(engine, false, network);
  }

  @Override
  public Response execute(Request request, Request.Options options) throws IOException {
    return execute(request, options, false);
  }

  /**
   * Returns this transport for requests whose success is read while it arrives. It answers as soon
   * as the headers of a success are there; the body is an {@link ArrivingBody}, which is to be read
   * to its end or closed.
   */
  public Client streaming() {
    return (request, options) -> execute(request, options, true);
  }

  private Response execute(Request request, Request.Options options, boolean isStreamed)
      throws IOException {
    if (closed || engine.isClosed()) {
      throw ExchangeException.notSent(ExchangeException.Kind.INTERRUPTED, CLOSED, null);
    }
    HttpCall call = new HttpCall(this);
    if (options.readTimeout() > 0) {
      call.until(System.nanoTime() + options.readTimeoutUnit().toNanos(options.readTimeout()));
    }
    Optional<Upload> upload =
        options instanceof AttemptOptions attempt ? attempt.upload() : Optional.empty();
    if (upload.isEmpty()) {
      return exchange(request, null, call, options, isStreamed);
    }
    UploadSource source = new UploadSource(upload.get().mayBlock(), call, engine.helpers());
    try (UploadEntity body = new UploadEntity(upload.get(), source)) {
      return exchange(request, body, call, options, isStreamed);
    }
  }

  private Response exchange(
      Request request,
      UploadEntity upload,
      HttpCall call,
      Request.Options options,
      boolean isStreamed)
      throws ExchangeException {
    RequestMessage message;
    try {
      message = RequestMessage.of(request, upload, network);
    } catch (IllegalArgumentException e) {
      // Nothing of it is shown: a header may be the Authorization header.
      throw ExchangeException.notSent(
          ExchangeException.Kind.BROKEN,
          "a header or the address of the request cannot be sent",
          null);
    }
    ClientExchange exchange = new ClientExchange(engine, call, message.message());
    engine.watch(call);
    boolean isInOrder = false;
    BoundedBody body = null;
    try {
      if (closed) { // meanwhile
        call.end(HttpCall.End.CLIENT_CLOSED);
      }
      if (upload != null) {
        upload.open();
      }
      exchange.start(message, network.connecting());
      if (isStreamed && exchange.head().isSuccess()) {
        ArrivingBody arriving =
            new ArrivingBody(exchange, engine, network.idleNanos(), request, options);
        isInOrder = true;
        return exchange.head().responseTo(request).body(arriving).build();
      }
      body = new BoundedBody(exchange.head().status(), exchange.declaredLength());
      if (body.readFrom(exchange.body())) {
        isInOrder = true;
        exchange.finish(network.idleNanos());
      }
      return exchange.head().responseTo(request).body(new ReceivedBody(body.bytes())).build();
    } catch (IOException | HttpException | InterruptedException | CancellationException e) {
      return errorOrThrow(request, failure(exchange, upload, body, e), exchange.head());
    } finally {
      if (!isInOrder) {
        exchange.abandon();
      }
    }
  }

  private static ExchangeException failure(
      ClientExchange exchange, UploadEntity upload, BoundedBody body, Exception cause) {
    HttpCall.End end = exchange.call().howEnded();
    boolean left = exchange.call().mayHaveLeft();
    AnswerHead head = exchange.head();
    PartialResponse received =
        head == null
            ? null
            : head.with(
                body == null ? new byte[0] : body.beginning(PartialResponse.MOST_BYTES_LOOKED_AT));
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (end == HttpCall.End.CLIENT_CLOSED) {
      return new ExchangeException(
          ExchangeException.Kind.INTERRUPTED, left, received, CLOSED, null);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new ExchangeException(
          ExchangeException.Kind.INTERRUPTED,
          left,
          received,
          "while a request was under way",
          null);
    }
    if (end == HttpCall.End.TIMED_OUT) {
      return new ExchangeException(
          ExchangeException.Kind.TIMEOUT, left, received, "time ran out", null);
    }
    if (upload != null && upload.failure() != null) {
      return new ExchangeException(
          ExchangeException.Kind.SOURCE,
          left,
          received,
          describe(upload.failure()),
          upload.failure());
    }
    if (cause instanceof ExchangeException known) {
      return known;
    }
    if (cause instanceof BodyTooLargeException) {
      return new ExchangeException(
          ExchangeException.Kind.TOO_LARGE, left, received, cause.getMessage(), null);
    }
    if (cause instanceof ConnectionFailure failure) {
      return new ExchangeException(
          failure.isBarred() ? ExchangeException.Kind.BARRED : ExchangeException.Kind.BROKEN,
          false, // there was no connection, or no end of its handshake
          received,
          cause.getMessage(),
          cause.getCause());
    }
    return new ExchangeException(
        ExchangeException.Kind.BROKEN, left, received, describe(cause), cause);
  }

  /** A status of its own worth is not lost because its body is: the caller gets the error. */
  private static Response errorOrThrow(Request request, ExchangeException failure, AnswerHead head)
      throws ExchangeException {
    boolean isForTheCaller =
        head != null && !head.isSuccess() && failure.kind() != ExchangeException.Kind.INTERRUPTED;
    if (!isForTheCaller) {
      throw failure;
    }
    return head.responseTo(request)
        .body(new ReceivedBody(failure.received().orElseThrow().body()))
        .build();
  }

  /** Says in a few words how a connection broke. */
  static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String kind = root.getClass().getSimpleName();
    return root.getMessage() == null
        ? "connection lost (" + kind + ")"
        : root.getMessage() + " (" + kind + ")";
  }

  /**
   * Ends every exchange in flight; then, if they are its own, connections and threads. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    if (isOwnEngine) {
      engine.close();
    } else {
      engine.endAll(this);
    }
  }
}
