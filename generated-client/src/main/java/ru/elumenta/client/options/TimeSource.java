package ru.elumenta.client.options;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Where a client gets the time and how it sleeps. Everything the client waits for between requests
 * goes through here, so that a test can run hours in no time. Implementations are thread-safe.
 *
 * <p>Only the system's time can wake anybody. In any other, {@link
 * ru.elumenta.client.GenerationJob#awaitAsync()} sleeps on a thread of its own for each job (a
 * virtual one from JDK 21 on), its limit is looked at before and after each poll, and a sleep that
 * {@link ru.elumenta.client.ElumentaClient#close()} is to end must end when it is interrupted.
 */
public interface TimeSource {
  /** Returns the real time of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** Returns the wall-clock time. */
  Instant now();

  /** Returns a time that only moves forward, in nanoseconds from an arbitrary origin. */
  long nanoTime();

  /**
   * Sleeps.
   *
   * @param duration how long, not negative
   * @throws InterruptedException if the thread is interrupted before or during the sleep
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The real time of this machine. */
  enum SystemTime implements TimeSource {
    /** The only instance. */
    INSTANCE;

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
  }
}
