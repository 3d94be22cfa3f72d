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
  private volatile Runnable told = () -> {};

  Gate(TimeSource time) {
    this.time = time;
  }

  /** Sets what is to be told when it closes; called without any lock. */
  void whenClosed(Runnable listener) {
    told = listener;
  }

  void closeFor(Duration wait) {
    if (isClosedBy(wait)) {
      told.run();
    }
  }

  private synchronized boolean isClosedBy(Duration wait) {
    Instant until = time.now().plus(wait);
    boolean isLater = closedUntil == null || until.isAfter(closedUntil);
    closedUntil = isLater ? until : closedUntil;
    return isLater;
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
  boolean unreachable() {
    Optional<Duration> wait = nextPause();
    wait.ifPresent(this::closeFor);
    return wait.isPresent();
  }

  private synchronized Optional<Duration> nextPause() {
    Instant now = time.now();
    if (outageSince == null) {
      outageSince = now;
      pause = FIRST_PAUSE;
    }
    if (Duration.between(outageSince, now).compareTo(LONGEST_OUTAGE) >= 0) {
      return Optional.empty();
    }
    if (closedUntil().isPresent()) { // of many that fail at once one counts
      return Optional.of(Duration.ZERO);
    }
    Duration next = pause;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    return Optional.of(next);
  }

  /** The service has answered. */
  synchronized void reached() {
    outageSince = null;
  }
}
