package ru.elumenta.client.internal.call;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.RetryOptions;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.Reason;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.OutcomeUnknownException;

/**
 * Repeats attempts until one succeeds or {@link RetryDecision} gives up. The one class that owns
 * Failsafe.
 *
 * <p>Failsafe repeats, and nothing else: it sees only {@link AttemptAgain}, waits for nothing and
 * limits nothing. Its jitter shortens waits that the server named and its time limit clamps them,
 * either of which would call too early; so the wait is computed by the decision and slept here.
 */
final class RepeatedAttempts {
  private static final FailsafeExecutor<Object> REPEAT =
      Failsafe.with(RetryPolicy.builder().handle(AttemptAgain.class).withMaxAttempts(-1).build());

  private final TimeSource time;
  private final Duration attemptTimeout;
  private final RetryOptions options;
  private final FailureTranslation translation;
  private final Pause pause;

  RepeatedAttempts(TimeSource time, Pause pause, Duration attemptTimeout, RetryOptions options) {
    this.time = time;
    this.pause = pause;
    this.attemptTimeout = attemptTimeout;
    this.options = options;
    this.translation = new FailureTranslation(time);
  }

  /** Sends the request once, within the given time. */
  interface Attempt {
    Object send(Duration limit) throws Throwable;
  }

  /** Says that the attempt is to be repeated after a wait; never leaves this class. */
  private static final class AttemptAgain extends RuntimeException {
    AttemptAgain() {
      super(null, null, false, false);
    }
  }

  Object call(Operation operation, Deadline deadline, Attempt attempt) {
    Call call = new Call(operation, deadline);
    try {
      return REPEAT.get(() -> call.next(attempt));
    } catch (FailsafeException interruptedBetweenAttempts) {
      Thread.currentThread().interrupt();
      throw call.interrupted("between two attempts");
    }
  }

  /** The state of one call; used by one thread. */
  private final class Call {
    private final Operation operation;
    private final Deadline deadline;
    private final List<ElumentaException> failures = new ArrayList<>();
    private Duration wait = Duration.ZERO;
    private int attempts;

    Call(Operation operation, Deadline deadline) {
      this.operation = operation;
      this.deadline = deadline;
    }

    Object next(Attempt attempt) {
      sleep();
      Duration limit = shorter(attemptTimeout, deadline.remaining());
      if (limit.isNegative() || limit.isZero()) {
        throw ended(outOfTime(), null);
      }
      attempts++;
      try {
        return attempt.send(limit);
      } catch (Throwable thrown) {
        throw afterFailure(translation.translate(thrown, operation, limit));
      }
    }

    private void sleep() {
      try {
        if (pause.sleep(wait) == Pause.End.CLOSED) {
          throw interrupted("because the client is closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(
            attempts == 0 ? "before anything was sent" : "while waiting to try again");
      }
    }

    private ElumentaException interrupted(String phase) {
      ErrorContext context =
          operation.failed(Execution.NOT_EXECUTED).occurredAt(time.now()).build();
      return ended(new CallInterruptedException(context, phase, null), null);
    }

    private RuntimeException afterFailure(ElumentaException failure) {
      RetryDecision decision =
          RetryDecision.decide(
              failure,
              operation.isIdempotent(),
              attempts,
              deadline.remaining(),
              options,
              ThreadLocalRandom.current().nextDouble());
      if (decision instanceof Retry retry) {
        failures.add(failure);
        wait = retry.delay();
        return new AttemptAgain();
      }
      return ended(failure, (GiveUp) decision);
    }

    /** The last failure, with the facts of the whole call and the earlier failures beside it. */
    private ElumentaException ended(ElumentaException failure, GiveUp giveUp) {
      failure.completeContext(
          context ->
              context
                  .attempts(attempts)
                  .elapsed(deadline.elapsed())
                  .execution(overall(failure.execution()))
                  .remark(giveUp == null ? null : giveUp.sentence().orElse(null)));
      failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
      return giveUp != null && giveUp.reason() == Reason.OUTCOME_UNKNOWN
          ? new OutcomeUnknownException(failure)
          : failure;
    }

    /** What is true of the last attempt need not be true of an earlier one. */
    private Execution overall(Execution ofLastAttempt) {
      boolean openBefore =
          !operation.httpMethod().equals("GET")
              && failures.stream().anyMatch(each -> each.execution() == Execution.UNKNOWN);
      return openBefore && ofLastAttempt == Execution.NOT_EXECUTED
          ? Execution.UNKNOWN
          : ofLastAttempt;
    }

    private ElumentaException outOfTime() {
      return new CallTimeoutException(
          operation.failed(Execution.NOT_EXECUTED).occurredAt(time.now()).build(),
          deadline.limit(),
          null);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
