package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.call.ModelBreaker.Permission;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.Situation;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.call.SingleAttempt.Outcome;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TransportException;

/** One call, from its first attempt to its result or its last failure. Used by one thread. */
final class CallInProgress implements AutoCloseable {
  /** A connection lost later than this may have been lost because the work took its time. */
  private static final Duration MOMENTS = Duration.ofSeconds(5);

  private final Operation operation;
  private final CallSettings settings;
  private final CallTerms terms;
  private final ClientLimits limits;
  private final Deadline deadline;
  private final Optional<ModelBreaker> breaker;
  private final CallReport report;
  private final SingleAttempt attempt;
  private final CallRecord record;
  private final Optional<Tracked> tracked;
  private final Optional<Upload> upload;
  private final Optional<String> model;
  private Duration wait = Duration.ZERO;
  private boolean hasNewToken;
  private boolean isSentAgain; // after a look-up, which happens once
  private long sentAt;

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
    this.deadline = settings.deadline(terms.limit());
    this.tracked = lookUp.track(operation.operationId(), arguments);
    this.upload = Upload.among(arguments);
    this.model = tracked.flatMap(Tracked::model).or(() -> upload.map(Upload::model));
    this.breaker = model.flatMap(limits::breaker);
    this.report =
        new CallReport(
            settings.listener(),
            new CallInfo(
                limits.nextCallNumber(),
                operation.operationId(),
                operation.httpMethod(),
                operation.path(),
                model));
    this.record = new CallRecord(operation, model, settings.time(), deadline, report);
    this.attempt = new SingleAttempt(operation, settings, limits, breaker, attempt, report);
  }

  /** Waits as decided and makes the next attempt; {@link AttemptAgain} asks for one more. */
  Object next() {
    sleep(wait, record.attempts() == 0 ? "before anything was sent" : "while waiting to try again");
    breaker.flatMap(ModelBreaker::closedFor).ifPresent(this::refuse); // before it queues for a turn
    Optional<RequestPacing> pacing = limits.pacing(operation);
    pacing.ifPresent(this::waitForTurn);
    Duration left = deadline.remaining();
    Duration limit =
        left.compareTo(settings.attemptTimeout()) < 0 ? left : settings.attemptTimeout();
    Optional<Permission> permission;
    try {
      permission = permission(limit);
    } catch (ElumentaException refused) {
      pacing.ifPresent(RequestPacing::notSent);
      throw refused;
    }
    record.attempt();
    sentAt = settings.time().nanoTime();
    Outcome outcome = sent(limit, permission);
    if (outcome.failure() != null) {
      return afterFailure(outcome.failure(), asksForRepetition(outcome));
    }
    tracked.ifPresent(call -> call.answered(outcome.result()));
    if (!terms.isLookUp()) {
      limits.budget().succeeded();
    }
    return outcome.result();
  }

  /** What is no failure of the call must not hide that an earlier attempt may be paid for. */
  private Outcome sent(Duration limit, Optional<Permission> permission) {
    try {
      return attempt.send(record.attempts(), limit, permission);
    } catch (RuntimeException foreign) {
      record.noAttempt();
      ElumentaException lost = record.lastOpen().orElseThrow(() -> foreign);
      lost.addSuppressed(foreign);
      throw record.ended(lost, new GiveUp(GiveUpReason.OUTCOME_UNKNOWN, Optional.empty()));
    }
  }

  @Override
  public void close() {
    tracked.ifPresent(Tracked::close);
  }

  ElumentaException interrupted(String phase) {
    return record.ended(
        new CallInterruptedException(record.notSent().build(), phase, null), notAgain());
  }

  private void sleep(Duration duration, String phase) {
    try {
      if (settings.pause().sleep(duration) == Pause.End.CLOSED) {
        throw interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(phase);
    }
  }

  /**
   * Waits until the account has a request left; then this attempt has to be made, or given back.
   */
  private void waitForTurn(RequestPacing pacing) {
    long ticket = pacing.join();
    try {
      Duration held = pacing.ask(ticket);
      while (!held.isZero()) {
        if (!RetryDecision.fits(held, deadline.remaining(), whenUnknown())) {
          throw record.refused(
              new RateLimitException(record.notSent(held).build()),
              GiveUpReason.WAIT_EXCEEDS_DEADLINE,
              "The wait of %d s would exceed the deadline of the call."
                  .formatted(held.toSeconds()));
        }
        sleep(RequestPacing.untilNextAsking(held), "while it was held back, nothing being sent");
        held = pacing.ask(ticket);
      }
    } finally {
      pacing.leave(ticket);
    }
  }

  /** Neither time nor circuit breaker may be against it. */
  private Optional<Permission> permission(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw record.refused(
          new CallTimeoutException(record.notSent().build(), deadline.limit(), null),
          GiveUpReason.WAIT_EXCEEDS_DEADLINE,
          null);
    }
    Optional<Permission> permission = breaker.map(ModelBreaker::ask);
    permission.flatMap(Permission::closedFor).ifPresent(this::refuse);
    return permission;
  }

  private void refuse(Duration closedFor) {
    throw record.refused(
        new CircuitOpenException(record.notSent(closedFor).build(), model.orElseThrow()),
        GiveUpReason.NOT_TRANSIENT,
        null);
  }

  /**
   * Tells the credentials of a refused token. Once per call: if the next token is refused as well,
   * it is for the caller to know.
   */
  private boolean asksForRepetition(Outcome outcome) {
    if (hasNewToken || !RetryDecision.isRefusedToken(outcome.failure())) {
      return false;
    }
    try {
      hasNewToken = outcome.exchange().refused();
    } catch (RuntimeException foreign) {
      outcome.failure().addSuppressed(foreign);
    }
    return hasNewToken;
  }

  /** Returns what was recovered; throws what is to be done or said otherwise. */
  private Object afterFailure(ElumentaException failure, boolean gotNewToken) {
    boolean isAffordable = limits.budget().tryTake();
    RetryDecision decision =
        RetryDecision.decide(
            failure,
            whenUnknown(),
            situation(isAffordable, gotNewToken),
            settings.retry(),
            ThreadLocalRandom.current().nextDouble());
    if (decision instanceof Retry && upload.filter(Upload::isSpent).isPresent()) {
      decision = readOnce();
    }
    boolean isSpent = decision instanceof Retry && RetryDecision.isCharged(failure);
    if (isAffordable && !isSpent) {
      limits.budget().giveBack();
    }
    if (decision instanceof Retry retry) {
      throw again(failure, retry);
    }
    if (decision instanceof LookUp) {
      return recovered(failure);
    }
    throw record.ended(failure, (GiveUp) decision);
  }

  private Situation situation(boolean isAffordable, boolean gotNewToken) {
    int attempts = record.attempts() - (hasNewToken ? 1 : 0); // the refused one does not count
    return new Situation(
        attempts, deadline.remaining(), isAffordable, terms.hasAlternative(), gotNewToken);
  }

  private AttemptAgain again(ElumentaException failure, Retry retry) {
    record.failed(failure);
    wait = retry.delay();
    report.retryScheduled(failure, wait);
    return new AttemptAgain();
  }

  private WhenUnknown whenUnknown() {
    if (operation.isIdempotent()) {
      return WhenUnknown.REPEAT;
    }
    if (tracked.isEmpty() || operation.isStreamed()) {
      return WhenUnknown.STOP;
    }
    return switch (settings.recovery()) {
      case LOOK_UP, LOOK_UP_THEN_RESEND -> WhenUnknown.LOOK_UP;
      case RESEND -> WhenUnknown.REPEAT;
      case FAIL -> WhenUnknown.STOP;
    };
  }

  /** What the lost request made, if the history shows it; it is repeated by choice only. */
  private Object recovered(ElumentaException failure) {
    Duration lostAfter = Duration.ofNanos(settings.time().nanoTime() - sentAt);
    Duration failedAfter = deadline.elapsed(); // a wall clock may be set meanwhile
    Tracked call = tracked.orElseThrow();
    Finding finding = call.find(deadline);
    if (finding instanceof Found found) {
      report.recovered(found.id());
      return operation.returnsResponse() ? found.response() : found.response().body();
    }
    if (finding instanceof Ran ran) {
      ran.failure().addSuppressed(failure);
      report.gaveUp(ran.failure(), GiveUpReason.NOT_TRANSIENT);
      throw ran.failure();
    }
    if (finding instanceof Unclear unclear) {
      if (unclear.failure() != null) {
        failure.addSuppressed(unclear.failure());
      }
      throw record.ended(failure, inVain(failure, unclear.because()));
    }
    if (!maySendAgain(failure, lostAfter)) {
      throw record.ended(
          failure,
          inVain(
              failure,
              "The history does not show it so far, which does not prove that it did not run."));
    }
    boolean isAffordable = limits.budget().tryTake();
    RetryDecision decision =
        RetryDecision.afterLookUp(
            failure,
            deadline.elapsed().minus(failedAfter),
            situation(isAffordable, false),
            settings.retry());
    if (decision instanceof Retry retry) {
      call.sentAgain();
      isSentAgain = true;
      throw again(failure, retry);
    }
    if (isAffordable) {
      limits.budget().giveBack();
    } else if (situation(false, false).attempts() < settings.retry().maxAttempts()) {
      report.budgetEmpty();
    }
    throw record.ended(failure, (GiveUp) decision);
  }

  /** Only by choice, once, and after a connection that was lost before much can have happened. */
  private boolean maySendAgain(ElumentaException failure, Duration lostAfter) {
    return settings.recovery() == Recovery.LOOK_UP_THEN_RESEND
        && !isSentAgain
        && failure instanceof TransportException
        && lostAfter.compareTo(MOMENTS) <= 0;
  }

  private static GiveUp inVain(ElumentaException failure, String because) {
    return new GiveUp(
        failure.isTransient() ? GiveUpReason.OUTCOME_UNKNOWN : GiveUpReason.NOT_TRANSIENT,
        Optional.of("It was looked for in the history, in vain: " + because));
  }

  private static GiveUp readOnce() {
    return new GiveUp(
        GiveUpReason.NOT_REPEATABLE,
        Optional.of(
            "Not tried again: what was to be sent is a stream that can be read once, and was."));
  }

  private static GiveUp notAgain() {
    return new GiveUp(GiveUpReason.NOT_TRANSIENT, Optional.empty());
  }
}
