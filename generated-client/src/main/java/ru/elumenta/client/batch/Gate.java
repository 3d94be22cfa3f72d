package ru.elumenta.client.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.options.TimeSource;

/**
 * Holds all items back while the account's window is used up or the service is out of reach.
 * Thread-safe.
 */
final class Gate {
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(30);

  private final TimeSource time;
  private @Nullable Instant closedUntil; // guarded by this, as are the others
  private @Nullable Instant outageSince;
  private Duration pause = FIRST_PAUSE;

  Gate(TimeSource time) {
    this.time = time;
  }

  synchronized void closeFor(Duration wait) {
    Instant until = time.now().plus(wait);
    if (closedUntil == null || until.isAfter(closedUntil)) {
      closedUntil = until;
    }
  }

  /** Returns until when nothing is sent. */
  synchronized Optional<Instant> closedUntil() {
    if (closedUntil != null && !closedUntil.isAfter(time.now())) {
      closedUntil = null;
    }
    return Optional.ofNullable(closedUntil);
  }

  /** Waits until it is open, or nothing more is sent. */
  void pass(Stopping stopping) throws InterruptedException {
    for (Optional<Instant> until = closedUntil();
        until.isPresent() && stopping.maySend();
        until = closedUntil()) {
      Duration left = Duration.between(time.now(), until.get());
      time.sleep(left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : least(left));
    }
  }

  private static Duration least(Duration left) {
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * The service could not be reached: waits longer each time.
   *
   * @return false if that has lasted too long
   */
  synchronized boolean unreachable() {
    Instant now = time.now();
    if (outageSince == null) {
      outageSince = now;
      pause = FIRST_PAUSE;
    }
    if (Duration.between(outageSince, now).compareTo(LONGEST_OUTAGE) >= 0) {
      return false;
    }
    if (closedUntil().isEmpty()) { // of many that fail at once one counts
      closeFor(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
    return true;
  }

  /** The service has answered. */
  synchronized void reached() {
    outageSince = null;
  }
}
