package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ru.elumenta.client.options.TimeSource;

/**
 * The one place where a client waits between requests. Closing the client ends every wait, at once
 * on the system's time. Thread-safe.
 */
public final class Pause {
  private final TimeSource time;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Creates a pause that sleeps on the given time. */
  public Pause(TimeSource time) {
    this.time = time;
  }

  /** Why a wait ended early. */
  public enum End {
    /** It did not. */
    OVER,
    /** The client was closed. */
    CLOSED
  }

  /**
   * Waits, not at all for a duration of zero.
   *
   * @throws InterruptedException if the thread is interrupted before or during the wait
   */
  public End sleep(Duration duration) throws InterruptedException {
    if (isClosed()) { // which may be why the thread was interrupted
      return End.CLOSED;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      if (time == TimeSource.system()) {
        closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
      } else if (!duration.isZero()) {
        time.sleep(duration);
      }
    } catch (InterruptedException e) {
      if (!isClosed()) {
        throw e;
      }
      Thread.currentThread().interrupt();
    }
    return isClosed() ? End.CLOSED : End.OVER;
  }

  /** Returns whether the client was closed. */
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends every wait, and lets none begin. */
  public void close() {
    closed.countDown();
  }
}
