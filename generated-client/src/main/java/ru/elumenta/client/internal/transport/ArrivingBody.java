package ru.elumenta.client.internal.transport;

import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import ru.elumenta.error.CredentialRedaction;

/**
 * The body of a success that is read while it arrives, by one thread, which waits no longer than it
 * wants to and can be interrupted. No more than one item is asked for before the last one was
 * taken, so a slow reader slows the server down instead of filling the memory.
 *
 * <p>The JDK's own stream of a body knows neither interrupts nor time limits.
 */
public final class ArrivingBody implements BodySubscriber<byte[]>, Response.Body {
  /** How long, and how much, is read of what follows the end before the connection is given up. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final long MOST_BYTES_OF_FAREWELL = 64L << 10;
  private static final Executor AFTER_FAREWELL =
      CompletableFuture.delayedExecutor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);

  private final ResponseInfo response;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Set once, before the reader gets it.
  private CompletableFuture<?> exchange;
  private CredentialRedaction redaction;
  private Supplier<Duration> leftOfAttempt;
  private int attempts;
  private BooleanSupplier isClientClosed;

  // Guarded by lock.
  private Subscription subscription;
  private List<ByteBuffer> arrived;
  private boolean isEnded;
  private Throwable failure;
  private boolean isClosed;
  private boolean isLeft; // what still comes is not wanted
  private long leftOver;

  ArrivingBody(ResponseInfo response) {
    this.response = response;
  }

  /** Ties it to its exchange: cancelling that closes the connection at once. */
  void attach(
      CompletableFuture<?> exchange,
      Request request,
      Request.Options options,
      BooleanSupplier isClientClosed) {
    this.exchange = exchange;
    this.redaction = CredentialRedaction.of(request);
    this.leftOfAttempt =
        options instanceof AttemptOptions attempt
            ? attempt::left
            : () -> Duration.ofMillis(options.readTimeout());
    this.attempts = options instanceof AttemptOptions attempt ? attempt.number() : 1;
    this.isClientClosed = isClientClosed;
    exchange.whenComplete((any, broken) -> ended(broken));
  }

  /** Returns the HTTP status. */
  public int status() {
    return response.statusCode();
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
   * @return them, or null at the end of the body
   * @throws ExchangeException if there are none in time, or will be none; the connection is closed
   */
  public List<ByteBuffer> take(Duration limit) throws ExchangeException {
    List<ByteBuffer> taken = null;
    Subscription more = null;
    try {
      lock.lockInterruptibly();
      try {
        long left = limit.toNanos();
        while (arrived == null && !isEnded && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (arrived != null) {
          taken = arrived;
          arrived = null;
          more = subscription;
        } else if (!isEnded) {
          throw failed(ExchangeException.Kind.TIMEOUT, "time ran out", null);
        } else if (isClosed) {
          throw failed(ExchangeException.Kind.INTERRUPTED, "because the stream is closed", null);
        } else if (failure != null && isClientClosed.getAsBoolean()) {
          throw failed(ExchangeException.Kind.INTERRUPTED, HttpTransport.CLOSED, null);
        } else if (failure != null) {
          throw failed(ExchangeException.Kind.BROKEN, HttpTransport.description(failure), failure);
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.cancel(true);
      throw failed(ExchangeException.Kind.INTERRUPTED, "while a stream was read", null);
    } catch (ExchangeException e) {
      exchange.cancel(true);
      throw e;
    }
    if (more != null) {
      more.request(1);
    }
    return taken;
  }

  /** Says that the body ended in good order, but too early. */
  public ExchangeException brokenOff(String message) {
    return failed(ExchangeException.Kind.BROKEN, message, null);
  }

  private ExchangeException failed(ExchangeException.Kind kind, String message, Throwable cause) {
    return new ExchangeException(kind, true, received(), message, cause);
  }

  private PartialResponse received() {
    return new PartialResponse(response.statusCode(), response.headers().map(), new byte[0])
        .redacted(redaction);
  }

  /**
   * Takes note that nothing more is wanted, now that all that matters has come. The connection is
   * kept for other requests if the body ends soon, and closed if it does not.
   */
  public void leave() {
    Subscription more = null;
    lock.lock();
    try {
      if (isEnded || isLeft) {
        return;
      }
      isLeft = true;
      if (arrived != null) {
        arrived = null;
        more = subscription;
      }
    } finally {
      lock.unlock();
    }
    if (more != null) {
      more.request(1);
    }
    AFTER_FAREWELL.execute(() -> exchange.cancel(true));
  }

  /** Closes the connection, unless the body has ended or was left. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (isEnded || isLeft) {
        return;
      }
      isClosed = true;
      arrived = null;
    } finally {
      lock.unlock();
    }
    exchange.cancel(true);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    lock.lock();
    try {
      this.subscription = subscription;
    } finally {
      lock.unlock();
    }
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Subscription more = null;
    lock.lock();
    try {
      if (isLeft) {
        leftOver += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        more = leftOver > MOST_BYTES_OF_FAREWELL ? null : subscription; // or wait to be cancelled
      } else if (!isClosed) {
        arrived = buffers;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (more != null) {
      more.request(1);
    }
  }

  @Override
  public void onError(Throwable broken) {
    ended(broken);
    whole.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    ended(null);
    whole.complete(new byte[0]);
  }

  private void ended(Throwable broken) {
    lock.lock();
    try {
      if (!isEnded) {
        isEnded = true;
        failure = broken;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
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
