package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TokenExpiredException;

/**
 * Whether a failed attempt is followed by another, and when. A pure function: it does no I/O and
 * owns no clock.
 *
 * <p>A transient failure is tried again if it was provably not executed or if the operation is
 * idempotent, and is looked up where that is possible; never earlier than the server asked; never
 * if the wait ends after the deadline. A refused token is no failure of the request: with another
 * token it is sent again at once.
 */
sealed interface RetryDecision {

  /** What an attempt that may be paid for must have left when it begins. */
  Duration LEAST_TIME_FOR_ANSWER = Duration.ofSeconds(1);

  /** Try again. */
  record Retry(Duration delay) implements RetryDecision {}

  /** Find out first whether it ran. */
  record LookUp() implements RetryDecision {}

  /** What may be done about an attempt that perhaps was executed. */
  enum WhenUnknown {
    /** Repeat it: the operation is idempotent, or its caller accepts to pay twice. */
    REPEAT,
    /** Look it up, and repeat it only if it did not run. */
    LOOK_UP,
    /** Nothing. */
    STOP;

    static WhenUnknown of(Operation operation, boolean canBeFound, Recovery recovery) {
      if (operation.isIdempotent()) {
        return REPEAT;
      }
      if (!canBeFound || operation.isStreamed()) {
        return STOP;
      }
      return switch (recovery) {
        case LOOK_UP, LOOK_UP_THEN_RESEND -> LOOK_UP;
        case RESEND -> REPEAT;
        case FAIL -> STOP;
      };
    }
  }

  /** Pass the failure on. */
  record GiveUp(GiveUpReason reason, Optional<String> sentence) implements RetryDecision {}

  /**
   * What is left for the call.
   *
   * @param attempts how many attempts were made
   * @param time the time until the deadline
   * @param isAffordable whether the retry budget has room for one more attempt
   * @param hasAlternative whether the caller has another model to ask
   * @param hasNewToken whether the credentials have another token than the one just refused
   */
  record Situation(
      int attempts,
      Duration time,
      boolean isAffordable,
      boolean hasAlternative,
      boolean hasNewToken) {

    Situation(int attempts, Duration time, boolean isAffordable, boolean hasAlternative) {
      this(attempts, time, isAffordable, hasAlternative, false);
    }
  }

  /**
   * Decides.
   *
   * @param failure what the last attempt ended with
   * @param whenUnknown what may be done if the attempt perhaps was executed
   * @param now what is left for the call
   * @param options the limits
   * @param random a number from 0 (inclusive) to 1, which spreads computed waits
   */
  static RetryDecision decide(
      ElumentaException failure,
      WhenUnknown whenUnknown,
      Situation now,
      RetryOptions options,
      double random) {
    if (now.hasNewToken && isRefusedToken(failure)) {
      return fits(Duration.ZERO, now.time, whenUnknown)
          ? new Retry(Duration.ZERO)
          : tooLong(Duration.ZERO);
    }
    boolean perhapsExecuted = failure.execution() != Execution.NOT_EXECUTED;
    if (whenUnknown == WhenUnknown.LOOK_UP && perhapsExecuted && isLost(failure)) {
      return new LookUp();
    }
    if (!failure.isTransient()) {
      return new GiveUp(GiveUpReason.NOT_TRANSIENT, Optional.empty());
    }
    if (whenUnknown != WhenUnknown.REPEAT && perhapsExecuted) {
      return new GiveUp(GiveUpReason.OUTCOME_UNKNOWN, Optional.empty());
    }
    if (now.hasAlternative && failure instanceof ModelUnavailableException) {
      return new GiveUp(GiveUpReason.ANOTHER_MODEL, Optional.empty());
    }
    if (now.attempts >= options.maxAttempts()) {
      return new GiveUp(
          GiveUpReason.ATTEMPTS_EXHAUSTED,
          now.attempts == 1
              ? Optional.empty()
              : Optional.of("It was tried as often as allowed, %d times.".formatted(now.attempts)));
    }
    if (!now.isAffordable && isCharged(failure)) {
      return new GiveUp(
          GiveUpReason.BUDGET_EMPTY,
          Optional.of("Not tried again: the retry budget of the client is used up."));
    }
    Duration wait = waitBefore(failure, now.attempts, options, random);
    return fits(wait, now.time, whenUnknown) ? new Retry(wait) : tooLong(wait);
  }

  /**
   * Whether there is time for an attempt after a wait. A paid request begun a moment before the
   * deadline would only turn "not executed" into "nobody knows".
   */
  static boolean fits(Duration wait, Duration time, WhenUnknown whenUnknown) {
    Duration needed = whenUnknown == WhenUnknown.REPEAT ? wait : wait.plus(LEAST_TIME_FOR_ANSWER);
    return needed.compareTo(time) < 0;
  }

  /** What was to be sent cannot be sent again. */
  static GiveUp readOnce() {
    return new GiveUp(
        GiveUpReason.NOT_REPEATABLE,
        Optional.of(
            "Not tried again: what was to be sent is a stream that can be read once, and was."));
  }

  /** There is none. */
  static GiveUp tooLong(Duration wait) {
    return new GiveUp(
        GiveUpReason.WAIT_EXCEEDS_DEADLINE,
        Optional.of(
            "Not tried again: the wait of %d s would exceed the deadline of the call."
                .formatted(wait.toSeconds())));
  }

  /**
   * Decides about a request that was lost and that a look-up showed not to have run.
   *
   * @param sinceFailure the time that the look-up took
   */
  static RetryDecision afterLookUp(
      ElumentaException failure, Duration sinceFailure, Situation now, RetryOptions options) {
    if (!failure.isTransient() || now.attempts >= options.maxAttempts()) {
      return new GiveUp(
          failure.isTransient() ? GiveUpReason.OUTCOME_UNKNOWN : GiveUpReason.NOT_TRANSIENT,
          Optional.of("It was looked for in the history, which does not show it."));
    }
    if (!now.isAffordable) {
      return new GiveUp(
          GiveUpReason.OUTCOME_UNKNOWN,
          Optional.of("The history does not show it, but the retry budget is used up."));
    }
    Duration told = failure.retryAfter().orElse(Duration.ZERO).minus(sinceFailure);
    Duration wait = told.isNegative() ? Duration.ZERO : told;
    return fits(wait, now.time, WhenUnknown.LOOK_UP)
        ? new Retry(wait)
        : new GiveUp(
            GiveUpReason.OUTCOME_UNKNOWN,
            Optional.of("The history does not show it, but there is no time to send it again."));
  }

  /**
   * Whether another attempt after this failure counts against the retry budget. After a 429 it does
   * not: there the service itself says when it wants the next request; nor after a 401, which is
   * followed by one at most.
   */
  static boolean isCharged(ElumentaException failure) {
    return !(failure instanceof RateLimitException) && !isRefusedToken(failure);
  }

  /** Whether it is the token that the service refuses: any 401, with or without a code. */
  static boolean isRefusedToken(ElumentaException failure) {
    return failure instanceof NotAuthenticatedException || failure instanceof TokenExpiredException;
  }

  /** The answer did not arrive, or not so that it can be read. */
  private static boolean isLost(ElumentaException failure) {
    return failure.isTransient() || failure instanceof ResponseFormatException;
  }

  /** Back-off and the server's wish, whichever is longer. */
  private static Duration waitBefore(
      ElumentaException failure, int attempt, RetryOptions options, double random) {
    Duration backOff = BackOff.after(attempt, options, random);
    return BackOff.orAsked(backOff, failure, options.rateLimitWait());
  }
}
