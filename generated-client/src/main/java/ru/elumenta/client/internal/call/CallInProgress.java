package ru.elumenta.client.internal.call;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import ru.elumenta.client.internal.call.CallPolicies.AttemptAgain;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.call.SingleAttempt.Outcome;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.error.ElumentaException;

/**
 * The life of one call, in the order in which it happens: admission, journal, attempt with its
 * translation (in {@link SingleAttempt}), decision (in {@link CallRetries}), and recovery of a
 * {@link LostAnswer}. Used by one thread.
 */
final class CallInProgress implements AutoCloseable {
  private final Operation operation;
  private final CallSettings settings;
  private final CallTerms terms;
  private final ClientLimits limits;
  private final CallReport report;
  private final CallRecord record;
  private final SingleAttempt attempt;
  private final CallRetries retries;
  private final LostAnswer lost;
  private final Optional<Tracked> tracked;
  private final WhenUnknown whenUnknown;
  private Duration wait = Duration.ZERO;

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
    Optional<Upload> upload = Upload.among(arguments);
    this.tracked = lookUp.track(operation.operationId(), arguments, terms);
    Optional<String> model = tracked.flatMap(Tracked::model);
    this.report =
        new CallReport(
            settings.listeners(),
            operation.info(limits.nextCallNumber(), model, settings.server()));
    this.record =
        new CallRecord(operation, model, tracked, settings.time(), terms.deadline(), report);
    this.attempt = new SingleAttempt(operation, settings, attempt, report);
    this.whenUnknown =
        WhenUnknown.of(operation, tracked.isPresent() && upload.isEmpty(), settings.recovery());
    this.retries =
        new CallRetries(settings, terms, limits.budget(), record, report, whenUnknown, upload);
    this.lost = new LostAnswer(settings, record, report);
  }

  /** Runs the whole of it, of which the listeners are told. */
  Object told(Supplier<Object> run) {
    return report.told(run, record, operation);
  }

  /** Waits as decided and makes the next attempt; {@link AttemptAgain} asks for one more. */
  Object next() {
    try (Admission admission = new Admission(operation, settings, limits, record, whenUnknown)) {
      admission.enter(wait);
      record.writeDown(admission.limit().time());
      AttemptLimit limit = admission.limit(); // writing may have taken its time
      record.attempt();
      long sentAt = settings.time().nanoTime();
      Outcome outcome = sent(limit, admission);
      if (outcome.failure() != null) {
        return afterFailure(outcome, since(sentAt));
      }
      tracked.ifPresent(call -> call.answered(outcome.result()));
      terms.note().ifPresent(note -> note.take(outcome.result(), outcome.exchange()));
      retries.succeeded();
      return outcome.result();
    }
  }

  private Outcome sent(AttemptLimit limit, Admission admission) {
    try {
      return attempt.send(record.attempts(), limit, admission);
    } catch (RuntimeException foreign) { // of the application's credentials
      record.noAttempt();
      throw record.foreign(foreign);
    }
  }

  /** Returns what was recovered; throws what is to be done or said otherwise. */
  private Object afterFailure(Outcome outcome, Duration lostAfter) {
    ElumentaException failure = outcome.failure();
    RetryDecision decision = retries.after(outcome);
    if (decision instanceof LookUp) {
      long failedAt = settings.time().nanoTime();
      Optional<Found> recovered = lost.recovered(tracked.orElseThrow(), failure, lostAfter);
      if (recovered.isPresent()) {
        return answered(recovered.get().response());
      }
      decision = retries.afterLookUp(failure, since(failedAt));
    }
    if (decision instanceof Retry retry) {
      record.failed(failure);
      wait = retry.delay();
      report.retryScheduled(failure, wait);
      throw new AttemptAgain();
    }
    throw record.ended(failure, (GiveUp) decision);
  }

  private Object answered(TypedResponse<?> recovered) {
    terms.note().ifPresent(note -> note.take(recovered));
    return operation.returnsResponse() ? recovered : recovered.body();
  }

  private Duration since(long nanoTime) {
    return Duration.ofNanos(settings.time().nanoTime() - nanoTime);
  }

  CallRecord record() {
    return record;
  }

  @Override
  public void close() {
    tracked.ifPresent(Tracked::close);
  }
}
