package ru.elumenta.client.internal.call;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;

/**
 * Repeats the attempts of a call for as long as it says so. This class and {@link ModelBreaker}
 * alone know Failsafe.
 *
 * <p>Failsafe repeats, and nothing else: it sees only {@link AttemptAgain}, waits for nothing and
 * limits nothing. Its jitter shortens waits that the server named and its time limit clamps them,
 * either of which would call too early; so the wait is computed by {@link RetryDecision} and slept
 * by {@link CallInProgress}.
 */
final class RepeatedAttempts {
  private static final FailsafeExecutor<Object> REPEAT =
      Failsafe.with(RetryPolicy.builder().handle(AttemptAgain.class).withMaxAttempts(-1).build());

  private final CallSettings settings;
  private final ClientLimits limits;
  private final OutcomeLookUp lookUp;

  RepeatedAttempts(CallSettings settings, ClientLimits limits, OutcomeLookUp lookUp) {
    this.settings = settings;
    this.limits = limits;
    this.lookUp = lookUp;
  }

  Object call(Operation operation, Object[] arguments, CallTerms terms, Attempt attempt) {
    try (CallInProgress call =
        new CallInProgress(operation, arguments, settings, terms, limits, lookUp, attempt)) {
      try {
        return REPEAT.get(call::next);
      } catch (FailsafeException e) {
        if (!(e.getCause() instanceof InterruptedException)) {
          throw e; // of the application's own making
        }
        Thread.currentThread().interrupt();
        throw call.interrupted("between two attempts");
      }
    }
  }
}
