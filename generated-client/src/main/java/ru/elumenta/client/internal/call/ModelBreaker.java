package ru.elumenta.client.internal.call;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;

/**
 * The circuit breaker of one model. Failsafe's, but on the client's own time, and open for as long
 * as the service asked if that is longer, up to {@link TrialAfter}. Thread-safe: every method holds
 * the lock of this object.
 */
final class ModelBreaker {
  private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

  private final CircuitBreakerOptions options;
  private final TimeSource time;
  private final CircuitBreaker<Object> breaker;
  private long openUntil;
  private long changes; // of the state

  ModelBreaker(CircuitBreakerOptions options, TimeSource time) {
    this.options = options;
    this.time = time;
    this.openUntil = time.nanoTime();
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(options.failures())
            .withSuccessThreshold(1)
            .withDelay(UNTIL_TOLD)
            .build();
  }

  /**
   * Permission to send one request. What became of it counts only for the state in which it was
   * given: an answer to a request from before the breaker opened is none to the trial after it.
   *
   * @param state which state that was
   * @param closedFor how long until there may be permission; empty if there is
   */
  record Permission(long state, Optional<Duration> closedFor) {}

  /** Returns how long no request will be let through; empty if one may be. Takes no permission. */
  synchronized Optional<Duration> closedFor() {
    long left = openUntil - time.nanoTime();
    return breaker.isOpen() && left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
  }

  /**
   * Asks to send a request. If it is let through, {@link #answered}, {@link #failed} or {@link
   * #notAsked} follows.
   */
  synchronized Permission ask() {
    Optional<Duration> closed = closedFor();
    if (closed.isPresent()) {
      return new Permission(changes, closed);
    }
    if (breaker.isOpen()) {
      changes++;
      breaker.halfOpen();
    }
    return breaker.tryAcquirePermit()
        ? new Permission(changes, Optional.empty())
        : new Permission(changes, Optional.of(options.pause())); // a trial is under way
  }

  /**
   * The model made something of it.
   *
   * @return whether the breaker closed by this
   */
  synchronized boolean answered(Permission permission) {
    if (permission.state != changes) {
      return false;
    }
    boolean wasTrial = breaker.isHalfOpen();
    breaker.recordSuccess();
    changes += wasTrial ? 1 : 0;
    return wasTrial;
  }

  /**
   * The request failed.
   *
   * @return for how long the breaker is open now; empty if it did not open by this
   */
  synchronized Optional<Duration> failed(Permission permission, ElumentaException failure) {
    if (permission.state != changes) {
      return Optional.empty();
    }
    if (failure instanceof ModelUnavailableException) {
      return unavailable(failure.retryAfter().orElse(Duration.ZERO));
    }
    boolean isRefusal =
        failure.context().status().isPresent() && failure.context().status().getAsInt() < 500;
    if (isRefusal) { // of the request, or of the account: it says nothing of the model
      notAsked(permission);
      return Optional.empty();
    }
    return breaker.isHalfOpen() ? unavailable(Duration.ZERO) : Optional.empty();
  }

  /** Nothing was sent after all: a trial is still to be made. */
  synchronized void notAsked(Permission permission) {
    if (permission.state == changes && breaker.isHalfOpen()) {
      open(Duration.ZERO);
    }
  }

  private Optional<Duration> unavailable(Duration told) {
    breaker.recordFailure();
    if (!breaker.isOpen()) {
      return Optional.empty();
    }
    Duration untilTrial = TrialAfter.of(told);
    Duration pause = untilTrial.compareTo(options.pause()) > 0 ? untilTrial : options.pause();
    open(pause);
    return Optional.of(pause);
  }

  private void open(Duration pause) {
    breaker.open();
    changes++;
    openUntil = time.nanoTime() + pause.toNanos();
  }
}
