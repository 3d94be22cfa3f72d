package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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

/** One call, from its first attempt to its result or its last failure. Used by one thread. */
final class CallInProgress implements AutoCloseable {
  private final Operation operation;
  private final Object[] arguments;
  private final CallSettings settings;
  private final Deadline deadline;
  private final Attempt attempt;
  private final OutcomeLookUp lookUp;
  private final FailureTranslation translation;
  private final Instant start;
  private final List<ElumentaException> failures = new ArrayList<>();
  private Optional<Tracked> tracked;
  private Duration wait = Duration.ZERO;
  private int attempts;

  CallInProgress(
      Operation operation,
      Object[] arguments,
      CallSettings settings,
      Deadline deadline,
      Attempt attempt,
      OutcomeLookUp lookUp) {
    this.operation = operation;
    this.arguments = arguments;
    this.settings = settings;
    this.deadline = deadline;
    this.attempt = attempt;
    this.lookUp = lookUp;
    this.translation = new FailureTranslation(settings.time());
    this.start = settings.time().now();
    this.tracked = lookUp.track(operation.name(), arguments);
  }

  /** Waits as decided and makes the next attempt; {@link AttemptAgain} asks for one more. */
  Object next() {
    sleep();
    Duration left = deadline.remaining();
    Duration limit =
        left.compareTo(settings.attemptTimeout()) < 0 ? left : settings.attemptTimeout();
    if (limit.isNegative() || limit.isZero()) {
      throw ended(new CallTimeoutException(notSent(), deadline.limit(), null), null);
    }
    attempts++;
    try {
      Object result = attempt.send(limit);
      tracked.ifPresent(call -> call.answered(result));
      return result;
    } catch (Throwable thrown) {
      return afterFailure(translation.translate(thrown, operation, limit));
    }
  }

  @Override
  public void close() {
    tracked.ifPresent(Tracked::close);
  }

  ElumentaException interrupted(String phase) {
    return ended(new CallInterruptedException(notSent(), phase, null), null);
  }

  private void sleep() {
    try {
      if (settings.pause().sleep(wait) == Pause.End.CLOSED) {
        throw interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(attempts == 0 ? "before anything was sent" : "while waiting to try again");
    }
  }

  private ErrorContext notSent() {
    return operation.failed(Execution.NOT_EXECUTED).occurredAt(settings.time().now()).build();
  }

  /** Returns what was recovered; throws what is to be done or said otherwise. */
  private Object afterFailure(ElumentaException failure) {
    RetryDecision decision =
        RetryDecision.decide(
            failure,
            whenUnknown(),
            attempts,
            deadline.remaining(),
            settings.retry(),
            ThreadLocalRandom.current().nextDouble());
    if (decision instanceof Retry retry) {
      throw again(failure, retry);
    }
    if (decision instanceof LookUp) {
      return recovered(failure);
    }
    throw ended(failure, (GiveUp) decision);
  }

  private AttemptAgain again(ElumentaException failure, Retry retry) {
    failures.add(failure);
    wait = retry.delay();
    return new AttemptAgain();
  }

  private WhenUnknown whenUnknown() {
    if (operation.isIdempotent()) {
      return WhenUnknown.REPEAT;
    }
    if (tracked.isEmpty()) {
      return WhenUnknown.STOP;
    }
    return switch (settings.recovery()) {
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
      throw ended(failure, inVain(failure, unclear.because()));
    }
    RetryDecision decision =
        RetryDecision.afterLookUp(
            failure,
            attempts,
            Duration.between(failure.context().occurredAt(), settings.time().now()),
            deadline.remaining(),
            settings.retry());
    if (decision instanceof Retry retry) {
      tracked = lookUp.track(operation.name(), arguments);
      throw again(failure, retry);
    }
    throw ended(failure, (GiveUp) decision);
  }

  private static GiveUp inVain(ElumentaException failure, String because) {
    return new GiveUp(
        failure.isTransient() ? Reason.OUTCOME_UNKNOWN : Reason.NOT_TRANSIENT,
        Optional.of("It was looked for in the history, in vain: " + because));
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
}
