package ru.elumenta.client.internal.call;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.Recovery;
import ru.elumenta.client.RetryOptions;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Reason;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
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
  private final Recovery recovery;
  private final OutcomeLookUp lookUp;

  RepeatedAttempts(
      TimeSource time,
      Pause pause,
      Duration attemptTimeout,
      RetryOptions options,
      Recovery recovery,
      OutcomeLookUp lookUp) {
    this.recovery = recovery;
    this.lookUp = lookUp;
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

  Object call(Operation operation, Object[] arguments, Deadline deadline, Attempt attempt) {
    Call call = new Call(operation, arguments, deadline);
    try {
      Object result = REPEAT.get(() -> call.next(attempt));
      call.tracked.ifPresent(tracked -> tracked.answered(result));
      return result;
    } catch (FailsafeException interruptedBetweenAttempts) {
      Thread.currentThread().interrupt();
      throw call.interrupted("between two attempts");
    } finally {
      call.tracked.ifPresent(Tracked::close);
    }
  }

  /** The state of one call; used by one thread. */
  private final class Call {
    private final Operation operation;
    private final Object[] arguments;
    private final Deadline deadline;
    private final Instant start = time.now();
    private final List<ElumentaException> failures = new ArrayList<>();
    private Duration wait = Duration.ZERO;
    private int attempts;
    private Optional<Tracked> tracked;

    Call(Operation operation, Object[] arguments, Deadline deadline) {
      this.operation = operation;
      this.arguments = arguments;
      this.deadline = deadline;
      this.tracked = lookUp.track(operation.name(), arguments);
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
        return afterFailure(translation.translate(thrown, operation, limit));
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

    /** Returns what was recovered; throws what is to be done or said otherwise. */
    private Object afterFailure(ElumentaException failure) {
      RetryDecision decision =
          RetryDecision.decide(
              failure,
              whenUnknown(),
              attempts,
              deadline.remaining(),
              options,
              ThreadLocalRandom.current().nextDouble());
      if (decision instanceof Retry retry) {
        throw again(failure, retry.delay());
      }
      if (decision instanceof LookUp) {
        return recovered(failure);
      }
      throw ended(failure, (GiveUp) decision);
    }

    private AttemptAgain again(ElumentaException failure, Duration delay) {
      failures.add(failure);
      wait = delay;
      return new AttemptAgain();
    }

    private WhenUnknown whenUnknown() {
      if (operation.isIdempotent()) {
        return WhenUnknown.REPEAT;
      }
      if (tracked.isEmpty()) {
        return WhenUnknown.STOP;
      }
      return switch (recovery) {
        case LOOK_UP -> WhenUnknown.LOOK_UP;
        case RESEND -> WhenUnknown.REPEAT;
        case FAIL -> WhenUnknown.STOP;
      };
    }

    /**
     * What the lost request made, if the history shows it; it is repeated only if it shows nothing.
     */
    private Object recovered(ElumentaException failure) {
      Finding finding = tracked.orElseThrow().find(start, deadline);
      if (finding instanceof Found found) {
        return operation.returnsResponse() ? found.response() : found.response().body();
      }
      if (finding instanceof Ran ran) {
        ran.failure().addSuppressed(failure);
        throw ran.failure();
      }
      if (finding instanceof Unclear unclear) {
        if (unclear.failure() != null) {
          failure.addSuppressed(unclear.failure());
        }
        throw ended(
            failure,
            new GiveUp(
                failure.isTransient() ? Reason.OUTCOME_UNKNOWN : Reason.NOT_TRANSIENT,
                Optional.of("It was looked for in the history, in vain: " + unclear.because())));
      }
      RetryDecision decision =
          RetryDecision.afterLookUp(
              failure,
              attempts,
              Duration.between(failure.context().occurredAt(), time.now()),
              deadline.remaining(),
              options);
      if (decision instanceof Retry retry) {
        tracked = lookUp.track(operation.name(), arguments);
        throw again(failure, retry.delay());
      }
      throw ended(failure, (GiveUp) decision);
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
