package ru.elumenta.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * By how much the clock of Redis is ahead of this machine's, learned from answers that have the
 * time in them. Calls are written down with it, so that another machine can tell by its own clock
 * when they were sent. Thread-safe.
 */
final class MachineClock {
  private static final long LONGEST_USE_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long EXACT = 100_000; // microseconds

  private final Clock clock;
  private @Nullable Measured best; // guarded by this; null until there is one

  /**
   * One answer.
   *
   * @param ahead in microseconds
   * @param error by how much it may be wrong
   * @param at by the clock of {@link System#nanoTime}
   */
  private record Measured(long ahead, long error, long at) {}

  MachineClock(Clock clock) {
    this.clock = clock;
  }

  /** Returns the time of this machine in microseconds. */
  long micros() {
    return micros(clock.instant());
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  /**
   * Takes note of an answer.
   *
   * @param asked when it was asked for, by this machine
   * @param theirs the time that it has in it
   */
  void learn(long asked, long theirs) {
    long answered = micros();
    long error = Math.abs(answered - asked) / 2 + 1;
    Measured now = new Measured(theirs - (asked + answered) / 2, error, System.nanoTime());
    synchronized (this) {
      Measured before = best;
      if (before == null
          || error <= before.error
          || now.at - before.at > LONGEST_USE_NANOS
          || Math.abs(now.ahead - before.ahead) > error + before.error) { // a clock was set
        best = now;
      }
    }
  }

  /** Returns by how many microseconds Redis is ahead; empty if that is not known. */
  synchronized OptionalLong ahead() {
    return best == null ? OptionalLong.empty() : OptionalLong.of(best.ahead);
  }

  /** Returns whether that is known well enough. */
  synchronized boolean isExact() {
    return best != null && best.error <= EXACT;
  }
}
