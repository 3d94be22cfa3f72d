package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the clock that stamps generations is ahead of ours. It need not be the clock of the
 * {@code Date} header, nor be written in UTC, so it is measured: what is answered at once was
 * created between sending and receiving. Thread-safe.
 */
final class RowClock {
  /** A slow answer tells too little. */
  private static final Duration MOST_DOUBT = Duration.ofSeconds(10);

  private volatile Difference known; // null until there was an answer; written under this

  /**
   * Between which two values the difference lies; negative if that clock is behind.
   *
   * @param least the smaller one
   * @param most the larger one
   */
  record Difference(Duration least, Duration most) {}

  /** Takes note of a generation that was created between two moments of ours. */
  void learn(Instant sent, Instant received, Instant created) {
    if (Duration.between(sent, received).compareTo(MOST_DOUBT) > 0) {
      return;
    }
    Difference now =
        new Difference(Duration.between(received, created), Duration.between(sent, created));
    Difference before = known;
    if (before != null && narrowed(before, now).equals(before)) {
      return; // as nearly all: nobody waits for that
    }
    synchronized (this) {
      known = known == null ? now : narrowed(known, now);
    }
  }

  private static Difference narrowed(Difference before, Difference now) {
    Duration least = before.least.compareTo(now.least) > 0 ? before.least : now.least;
    Duration most = before.most.compareTo(now.most) < 0 ? before.most : now.most;
    return least.compareTo(most) <= 0 ? new Difference(least, most) : now; // a clock was set
  }

  Optional<Difference> known() {
    return Optional.ofNullable(known);
  }
}
