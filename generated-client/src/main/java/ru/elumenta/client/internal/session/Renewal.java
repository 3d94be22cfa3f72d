package ru.elumenta.client.internal.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.StoredSession;

/**
 * A renewal that any number of callers wait for. Whoever stops waiting leaves it and the others
 * alone. Thread-safe.
 */
final class Renewal {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long begin = System.nanoTime();
  private StoredSession renewed; // these two are written before the latch opens
  private Throwable failure;

  static Renewal failed(Throwable failure) {
    Renewal renewal = new Renewal();
    renewal.end(null, failure);
    return renewal;
  }

  void end(StoredSession renewed, Throwable failure) {
    this.renewed = renewed;
    this.failure = failure;
    ended.countDown();
  }

  /** Returns what is left of a time that began with it. */
  Duration leftOf(Duration time) {
    return time.minusNanos(System.nanoTime() - begin);
  }

  /** Waits until it has ended, however. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Waits for the tokens; throws what the renewal failed with. */
  StoredSession await(Duration atMost) throws InterruptedException, TimeoutException {
    if (!ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("The session was still being renewed.");
    }
    if (failure instanceof LoginRequiredException e) {
      throw ofThisCaller(e);
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return renewed;
  }

  /** With the stack trace of the one who has to log in. */
  private static LoginRequiredException ofThisCaller(LoginRequiredException e) {
    LoginRequiredException own = new LoginRequiredException(e.context(), e.reason(), e.getCause());
    for (Throwable suppressed : e.getSuppressed()) {
      own.addSuppressed(suppressed);
    }
    return own;
  }
}
