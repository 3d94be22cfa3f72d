package ru.elumenta.client.options;

import java.time.Duration;
import ru.elumenta.client.check.Require;

/**
 * How often and how fast a call is tried again. Immutable; start from {@link #defaults()}.
 *
 * <p>These say how often, not what: only transient failures are retried, and an operation that is
 * not idempotent only if it was provably not executed. Defaults follow the error-handling page: 3
 * attempts, 1·2ⁿ seconds, 60 s after a 429 that names no wait.
 *
 * @param maxAttempts how many times a request is sent at the most, the first one included; 1 turns
 *     retrying off; default 3
 * @param firstBackOff the wait before the second attempt, doubled for each further one; default 1 s
 * @param maxBackOff the longest wait computed so; default 30 s; waits named by the server are never
 *     shortened
 * @param jitter by which share at the most a computed wait is lengthened at random, 0 to 1; default
 *     0.25; never shortened
 * @param rateLimitWait the wait after a 429 that names none; default 60 s
 * @param budget how many further attempts all calls of a client may make while none succeeds, so
 *     that they do not add to the load of a service that is down; each call that succeeds gives a
 *     tenth of an attempt back; attempts after a 429 do not count; default 100
 */
public record RetryOptions(
    int maxAttempts,
    Duration firstBackOff,
    Duration maxBackOff,
    double jitter,
    Duration rateLimitWait,
    int budget) {

  private static final RetryOptions DEFAULTS =
      new RetryOptions(
          3, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.25, Duration.ofSeconds(60), 100);

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public RetryOptions {
    Require.that(maxAttempts >= 1, "maxAttempts must be at least 1, but is %s.", maxAttempts);
    Require.notNegative("firstBackOff", firstBackOff);
    Require.notNegative("maxBackOff", maxBackOff);
    Require.that(
        maxBackOff.compareTo(firstBackOff) >= 0,
        "maxBackOff (%s) must not be shorter than firstBackOff (%s).",
        maxBackOff,
        firstBackOff);
    Require.that(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1, but is %s.", jitter);
    Require.notNegative("rateLimitWait", rateLimitWait);
    Require.that(budget >= 0, "budget must not be negative, but is %s.", budget);
  }

  /** Returns the defaults. */
  public static RetryOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options that send every request once. */
  public static RetryOptions none() {
    return DEFAULTS.withMaxAttempts(1);
  }

  /** Returns a copy with another number of attempts. */
  public RetryOptions withMaxAttempts(int attempts) {
    return new RetryOptions(attempts, firstBackOff, maxBackOff, jitter, rateLimitWait, budget);
  }

  /** Returns a copy with another back-off. */
  public RetryOptions withBackOff(Duration first, Duration max) {
    return new RetryOptions(maxAttempts, first, max, jitter, rateLimitWait, budget);
  }

  /** Returns a copy with another jitter. */
  public RetryOptions withJitter(double share) {
    return new RetryOptions(maxAttempts, firstBackOff, maxBackOff, share, rateLimitWait, budget);
  }

  /** Returns a copy with another wait after a 429 that names none. */
  public RetryOptions withRateLimitWait(Duration wait) {
    return new RetryOptions(maxAttempts, firstBackOff, maxBackOff, jitter, wait, budget);
  }

  /**
   * Returns a copy with another budget; {@link Integer#MAX_VALUE} is as good as none.
   *
   * @param attempts see {@link #budget()}
   */
  public RetryOptions withBudget(int attempts) {
    return new RetryOptions(maxAttempts, firstBackOff, maxBackOff, jitter, rateLimitWait, attempts);
  }
}
