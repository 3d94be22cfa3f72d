package ru.elumenta.client.options;

import java.time.Duration;
import ru.elumenta.client.check.Require;

/**
 * When a model is left alone for a while. Immutable; start from {@link #defaults()}.
 *
 * <p>Each model has its own circuit breaker. After so many answers that the model is unavailable
 * (HTTP 503 {@code model_unavailable}) it opens: further generations of that model fail at once
 * with {@link ru.elumenta.error.CircuitOpenException}, and nothing is sent. After the pause one is
 * let through; if the model answers it, the breaker closes, and else the pause begins anew.
 *
 * @param failures how many such answers in a row open it; default 5
 * @param pause how long it stays open at the least; longer if the service named a longer wait, but
 *     then no longer than 5 minutes; default 30 s
 */
public record CircuitBreakerOptions(int failures, Duration pause) {
  private static final CircuitBreakerOptions DEFAULTS =
      new CircuitBreakerOptions(5, Duration.ofSeconds(30));

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public CircuitBreakerOptions {
    Require.that(failures >= 1, "failures must be at least 1, but is %s.", failures);
    Require.positive("pause", pause);
  }

  /** Returns the defaults. */
  public static CircuitBreakerOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another number of failures. */
  public CircuitBreakerOptions withFailures(int failures) {
    return new CircuitBreakerOptions(failures, pause);
  }

  /** Returns a copy with another pause. */
  public CircuitBreakerOptions withPause(Duration pause) {
    return new CircuitBreakerOptions(failures, pause);
  }
}
