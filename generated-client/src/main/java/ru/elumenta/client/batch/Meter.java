package ru.elumenta.client.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import ru.elumenta.client.options.TimeSource;

/** How fast items end. Thread-safe. */
final class Meter {
  private static final int SECONDS = 60;

  private final TimeSource time;
  private final long begun;
  private final long[] ended = new long[SECONDS]; // of each of the latest seconds
  private long latest; // second; guarded by this, as are the others
  private long total;

  Meter(TimeSource time) {
    this.time = time;
    this.begun = time.nanoTime();
  }

  synchronized void itemEnded() {
    turn();
    ended[(int) (latest % SECONDS)]++;
    total++;
  }

  private long seconds() {
    return Duration.ofNanos(time.nanoTime() - begun).toSeconds();
  }

  private void turn() {
    long now = seconds();
    for (long second = Math.max(latest + 1, now - SECONDS + 1); second <= now; second++) {
      ended[(int) (second % SECONDS)] = 0;
    }
    latest = Math.max(latest, now);
  }

  /** Returns how many end a minute, lately. */
  synchronized double perMinute() {
    turn();
    long sum = 0;
    for (long each : ended) {
      sum += each;
    }
    return sum * (double) SECONDS / Math.max(1, Math.min(SECONDS, latest + 1));
  }

  /** Returns when so many more will have ended, at the pace so far, waits included. */
  synchronized Optional<Instant> end(long left) {
    long nanos = time.nanoTime() - begun;
    if (total == 0 || nanos <= 0) {
      return Optional.empty();
    }
    double needed = (double) nanos / total * left;
    return needed > Duration.ofDays(3_650).toNanos()
        ? Optional.empty()
        : Optional.of(time.now().plusNanos((long) needed));
  }
}
