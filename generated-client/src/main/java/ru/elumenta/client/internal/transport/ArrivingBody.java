package ru.elumenta.client.internal.transport;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import ru.elumenta.error.CredentialRedaction;

/**
 * The body of a success that is read while it arrives, by one thread, which waits no longer than it
 * wants to and can be interrupted. Nothing is read before it is asked for, so a slow reader slows
 * the server down instead of filling the memory. {@link #close()} may be called by any thread.
 */
public final class ArrivingBody implements Response.Body {
  /** How long, and how much, is read of what follows the end before the connection is given up. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(1);

  private static final long MOST_BYTES_OF_FAREWELL = 64L << 10;
  private static final int PIECE = 16 << 10;

  /** The least time that what has arrived already gets to be read. */
  private static final long LEAST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(2);

  private enum State {
    OPEN,
    /** Its end, or its failure, was read. */
    ENDED,
    /** What still comes is not wanted. */
    LEFT,
    CLOSED
  }

  private final ClientExchange exchange;
  private final ConnectionEngine engine;
  private final long idleNanos;
  private final CredentialRedaction redaction;
  private final Supplier<Duration> leftOfAttempt;
  private final int attempts;
  private final InputStream in;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final byte[] piece = new byte[PIECE]; // what was taken is used up at the next take
  private ExchangeException failure; // of the reader
  private long taken; // by the reader

  ArrivingBody(
      ClientExchange exchange,
      ConnectionEngine engine,
      long idleNanos,
      Request request,
      Request.Options options)
      throws IOException {
    this.exchange = exchange;
    this.engine = engine;
    this.idleNanos = idleNanos;
    this.redaction = CredentialRedaction.of(request);
    this.leftOfAttempt =
        options instanceof AttemptOptions attempt
            ? attempt::left
            : () -> Duration.ofMillis(options.readTimeout());
    this.attempts = options instanceof AttemptOptions attempt ? attempt.number() : 1;
    this.in = exchange.body();
    exchange.call().unlimited(); // from here on the reader says how long to wait
  }

  /** Returns the HTTP status. */
  public int status() {
    return exchange.head().status();
  }

  /** Returns the response headers, without credentials. */
  public Map<String, List<String>> headers() {
    return received().headers();
  }

  /** Returns how many times the request was sent, the last time included. */
  public int attempts() {
    return attempts;
  }

  /** Takes the credentials of the request out of a text. */
  public String redacted(String text) {
    return redaction.apply(text);
  }

  /** Returns what takes them out, and keeps nothing of this body. Thread-safe. */
  public UnaryOperator<String> redaction() {
    return redaction;
  }

  /** Returns as much of a text as an exception keeps, without the credentials of the request. */
  public String kept(String text) {
    return redaction.kept(text);
  }

  /** Returns the time that the attempt has left; negative if it is over. */
  public Duration leftOfAttempt() {
    return leftOfAttempt.get();
  }

  /**
   * Waits for the next bytes.
   *
   * @return them, valid until the next call; or null at the end of the body
   * @throws ExchangeException if there are none in time, or will be none; the connection is closed
   */
  public List<ByteBuffer> take(Duration limit) throws ExchangeException {
    if (failure != null) {
      throw failure;
    }
    if (state.get() == State.ENDED || state.get() == State.LEFT) {
      return null;
    }
    HttpCall call = exchange.call();
    try {
      call.until(System.nanoTime() + Math.max(LEAST_PATIENCE, limit.toNanos()));
      engine.limit(call);
      int count = Thread.currentThread().isInterrupted() ? interrupted() : in.read(piece);
      call.unlimited();
      if (count >= 0) {
        taken += count;
        return List.of(ByteBuffer.wrap(piece, 0, count));
      }
    } catch (IOException e) {
      failure = failed(e);
      state.compareAndSet(State.OPEN, State.ENDED);
      exchange.abandon();
      throw failure;
    }
    if (state.compareAndSet(State.OPEN, State.ENDED)) {
      exchange.finish(idleNanos);
    }
    return null;
  }

  private static int interrupted() throws IOException {
    throw new IOException("interrupted before anything was read");
  }

  private ExchangeException failed(IOException cause) {
    HttpCall.End end = exchange.call().howEnded();
    if (end == HttpCall.End.CLIENT_CLOSED) {
      return failed(ExchangeException.Kind.INTERRUPTED, HttpTransport.CLOSED, null);
    }
    if (end == HttpCall.End.GIVEN_UP) {
      return failed(ExchangeException.Kind.INTERRUPTED, "because the stream is closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      return failed(ExchangeException.Kind.INTERRUPTED, "while a stream was read", null);
    }
    if (end == HttpCall.End.TIMED_OUT) {
      return failed(ExchangeException.Kind.TIMEOUT, "time ran out", null);
    }
    return failed(ExchangeException.Kind.BROKEN, HttpTransport.describe(cause), cause);
  }

  /** Says that the body ended in good order, but too early. */
  public ExchangeException brokenOff(String message) {
    return failed(ExchangeException.Kind.BROKEN, message, null);
  }

  private ExchangeException failed(ExchangeException.Kind kind, String message, Throwable cause) {
    return new ExchangeException(kind, true, received(), message, cause);
  }

  private PartialResponse received() {
    return exchange.head().with(new byte[0]).redacted(redaction);
  }

  /**
   * Takes note that nothing more is wanted, now that all that matters has come. The connection is
   * kept for other requests if the body ends soon, and closed if it does not. Called by the reader.
   */
  public void leave() {
    if (!state.compareAndSet(State.OPEN, State.LEFT)) {
      return;
    }
    if (taken == exchange.declaredLength()) { // nothing is under way: the next request may follow
      exchange.finish(idleNanos);
      return;
    }
    HttpCall call = exchange.call();
    call.until(System.nanoTime() + FAREWELL);
    engine.limit(call);
    try {
      engine.helpers().execute(this::readFarewell);
    } catch (RejectedExecutionException closed) {
      exchange.abandon();
    }
  }

  private void readFarewell() {
    try {
      long most = MOST_BYTES_OF_FAREWELL;
      int count = in.read(piece);
      while (count >= 0 && most > 0) {
        most -= count;
        count = in.read(piece);
      }
      if (count < 0) {
        exchange.finish(idleNanos);
        return;
      }
    } catch (IOException e) {
      // It is broken off, like one that is too long.
    }
    exchange.abandon();
  }

  /** Closes the connection, unless the body has ended or was left. Idempotent. */
  @Override
  public void close() {
    if (state.compareAndSet(State.OPEN, State.CLOSED)) {
      exchange.giveUp();
    }
  }

  @Override
  public Integer length() {
    return null;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public InputStream asInputStream() throws IOException {
    throw new IOException("is read with take()");
  }

  @Override
  public Reader asReader(Charset charset) throws IOException {
    throw new IOException("is read with take()");
  }
}
