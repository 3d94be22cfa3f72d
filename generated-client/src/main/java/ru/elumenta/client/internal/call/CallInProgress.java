package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.call.CallPolicies.AttemptAgain;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.Situation;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.call.SingleAttempt.Outcome;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * The life of one call, in the order in which it happens: admission, journal, attempt, translation
 * (in {@link SingleAttempt}), decision, and recovery of a {@link LostAnswer}. Used by one thread.
 */
final class CallInProgress implements AutoCloseable {
  private final Operation operation;
  private final CallSettings settings;
  private final CallTerms terms;
  private final ClientLimits limits;
  private final CallReport report;
  private final CallRecord record;
  private final SingleAttempt attempt;
  private final LostAnswer lost;
  private final Optional<Tracked> tracked;
  private final Optional<Upload> upload;
  private final WhenUnknown whenUnknown;
  private Duration wait = Duration.ZERO;
  private boolean hasNewToken;

  CallInProgress(
      Operation operation,
      Object[] arguments,
      CallSettings settings,
      CallTerms terms,
      ClientLimits limits,
      OutcomeLookUp lookUp,
      Attempt attempt) {
    this.operation = operation;
    this.settings = settings;
    this.terms = terms;
    this.limits = limits;
    this.upload = Upload.among(arguments);
    this.tracked = lookUp.track(operation.operationId(), arguments);
    Optional<String> model = tracked.flatMap(Tracked::model);
    this.report = new CallReport(settings.listener(), info(limits, operation, model));
    this.record =
        new CallRecord(operation, model, tracked, settings.time(), terms.deadline(), report);
    this.attempt = new SingleAttempt(operation, settings, attempt, report);
    this.lost = new LostAnswer(operation, settings, record, report);
    this.whenUnknown =
        WhenUnknown.of(operation, tracked.isPresent() && upload.isEmpty(), settings.recovery());
  }

  private static CallInfo info(ClientLimits limits, Operation operation, Optional<String> model) {
    return new CallInfo(
        limits.nextCallNumber(),
        operation.operationId(),
        operation.httpMethod(),
        operation.path(),
        model);
  }

  /** Waits as decided and makes the next attempt; {@link AttemptAgain} asks for one more. */
  Object next() {
    try (Admission admission = new Admission(operation, settings, limits, record, whenUnknown)) {
      admission.enter(wait);
      writeDown(admission.limit().time());
      AttemptLimit limit = admission.limit(); // writing may have taken its time
      record.attempt();
      long sentAt = settings.time().nanoTime();
      Outcome outcome = sent(limit, admission);
      if (outcome.failure() != null) {
        Duration lostAfter = Duration.ofNanos(settings.time().nanoTime() - sentAt);
        return afterFailure(outcome, lostAfter);
      }
      tracked.ifPresent(call -> call.answered(outcome.result()));
      if (!terms.isLookUp()) {
        limits.budget().succeeded();
      }
      return outcome.result();
    }
  }

  /** A paid request that is not in the journal is not sent. */
  private void writeDown(Duration patience) {
    try {
      tracked.ifPresent(call -> call.sending(patience));
    } catch (ElumentaException unwritten) {
      throw record.refused(unwritten, GiveUpReason.NOT_TRANSIENT, null);
    } catch (RuntimeException foreign) { // of a journal of the application's own
      throw foreign(foreign);
    }
  }

  private Outcome sent(AttemptLimit limit, Admission admission) {
    try {
      return attempt.send(record.attempts(), limit, admission);
    } catch (RuntimeException foreign) { // of the application's credentials
      record.noAttempt();
      throw foreign(foreign);
    }
  }

  /** What is no failure of the call must not hide that an earlier attempt may be paid for. */
  private RuntimeException foreign(RuntimeException thrown) {
    Optional<ElumentaException> open = record.lastOpen();
    if (open.isEmpty()) {
      tracked.ifPresent(call -> call.ended(Execution.NOT_EXECUTED));
      return thrown;
    }
    open.get().addSuppressed(thrown);
    return record.ended(open.get(), new GiveUp(GiveUpReason.OUTCOME_UNKNOWN, Optional.empty()));
  }

  /** Returns what was recovered; throws what is to be done or said otherwise. */
  private Object afterFailure(Outcome outcome, Duration lostAfter) {
    ElumentaException failure = outcome.failure();
    boolean gotNewToken = !hasNewToken && outcome.hasNewToken();
    hasNewToken |=
        gotNewToken; // once: if the next is refused as well, it is for the caller to know
    boolean isAffordable = limits.budget().tryTake();
    RetryDecision decision = decide(failure, situation(isAffordable, gotNewToken));
    boolean isSpent = decision instanceof Retry && RetryDecision.isCharged(failure);
    if (isAffordable && !isSpent) {
      limits.budget().giveBack();
    }
    if (decision instanceof LookUp) {
      long failedAt = settings.time().nanoTime();
      Optional<Object> recovered = lost.recovered(tracked.orElseThrow(), failure, lostAfter);
      if (recovered.isPresent()) {
        return recovered.get();
      }
      decision = afterLookUp(failure, Duration.ofNanos(settings.time().nanoTime() - failedAt));
    }
    if (decision instanceof Retry retry) {
      record.failed(failure);
      wait = retry.delay();
      report.retryScheduled(failure, wait);
      throw new AttemptAgain();
    }
    throw record.ended(failure, (GiveUp) decision);
  }

  private RetryDecision decide(ElumentaException failure, Situation situation) {
    RetryDecision decision =
        RetryDecision.decide(
            failure,
            whenUnknown,
            situation,
            settings.retry(),
            ThreadLocalRandom.current().nextDouble());
    boolean isSpent = upload.filter(Upload::isSpent).isPresent();
    return decision instanceof Retry && isSpent ? RetryDecision.readOnce() : decision;
  }

  private RetryDecision afterLookUp(ElumentaException failure, Duration sinceFailure) {
    boolean isAffordable = limits.budget().tryTake();
    Situation situation = situation(isAffordable, false);
    RetryDecision decision =
        RetryDecision.afterLookUp(failure, sinceFailure, situation, settings.retry());
    if (isAffordable && !(decision instanceof Retry)) {
      limits.budget().giveBack();
    } else if (!isAffordable && situation.attempts() < settings.retry().maxAttempts()) {
      report.budgetEmpty();
    }
    return decision;
  }

  private Situation situation(boolean isAffordable, boolean gotNewToken) {
    int attempts = record.attempts() - (hasNewToken ? 1 : 0); // the refused one does not count
    return new Situation(attempts, remaining(), isAffordable, terms.hasAlternative(), gotNewToken);
  }

  Duration remaining() {
    return terms.deadline().remaining();
  }

  ElumentaException interrupted(String phase) {
    return refused(context -> new CallInterruptedException(context, phase, null));
  }

  /** The end of a call whose next attempt is not made. */
  ElumentaException refused(Function<ErrorContext, ElumentaException> refusal) {
    return record.refused(
        refusal.apply(record.notSent().build()), GiveUpReason.NOT_TRANSIENT, null);
  }

  @Override
  public void close() {
    tracked.ifPresent(Tracked::close);
  }
}
