package ru.elumenta.client.internal.call;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.CircuitBreakerOptions;
import ru.elumenta.client.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;

/**
 * The circuit breaker of one model. Failsafe's, but on the client's own time, and open for as long
 * as the service asked if that is longer. Thread-safe: every method holds the lock of this object.
 */
final class ModelBreaker {
  private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

  private final CircuitBreakerOptions options;
  private final TimeSource time;
  private final CircuitBreaker<Object> breaker;
  private long openUntil;

  ModelBreaker(CircuitBreakerOptions options, TimeSource time) {
    this.options = options;
    this.time = time;
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(options.failures())
            .withSuccessThreshold(1)
            .withDelay(UNTIL_TOLD)
            .build();
  }

  /**
   * Asks to send a request; each one that is let through must be followed by {@link #answered},
   * {@link #failed} or {@link #lost}.
   *
   * @return empty if it may be sent, else the time until one may
   */
  synchronized Optional<Duration> ask() {
    long left = openUntil - time.nanoTime();
    if (breaker.isOpen() && left <= 0) {
      breaker.halfOpen();
    }
    if (breaker.tryAcquirePermit()) {
      return Optional.empty();
    }
    return Optional.of(left > 0 ? Duration.ofNanos(left) : options.pause());
  }

  /** The model answered, or refused for a reason of the request's. */
  synchronized void answered() {
    breaker.recordSuccess();
  }

  /**
   * An attempt failed.
   *
   * @return for how long the breaker is open now; empty if it did not open by this
   */
  synchronized Optional<Duration> failed(ElumentaException failure) {
    if (failure instanceof ModelUnavailableException) {
      return unavailable(failure.retryAfter().orElse(Duration.ZERO));
    }
    if (failure.context().status().isPresent() && failure.context().status().getAsInt() < 500) {
      answered();
      return Optional.empty();
    }
    return lost();
  }

  /** Nothing was learned of the model: that ends a trial, and else changes nothing. */
  synchronized Optional<Duration> lost() {
    return breaker.isHalfOpen() ? unavailable(Duration.ZERO) : Optional.empty();
  }

  private Optional<Duration> unavailable(Duration told) {
    boolean wasOpen = breaker.isOpen();
    breaker.recordFailure();
    if (wasOpen || !breaker.isOpen()) {
      return Optional.empty();
    }
    Duration pause = told.compareTo(options.pause()) > 0 ? told : options.pause();
    openUntil = time.nanoTime() + pause.toNanos();
    return Optional.of(pause);
  }
}
