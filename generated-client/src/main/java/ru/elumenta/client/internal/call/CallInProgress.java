package ru.elumenta.client.internal.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.CallInfo;
import ru.elumenta.client.GiveUpReason;
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
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.OutcomeUnknownException;
import ru.elumenta.error.RateLimitException;

/** One call, from its first attempt to its result or its last failure. Used by one thread. */
final class CallInProgress implements AutoCloseable {
  private final Operation operation;
  private final CallSettings settings;
  private final CallTerms terms;
  private final ClientLimits limits;
  private final Deadline deadline;
  private final Optional<ModelBreaker> breaker;
  private final CallReport report;
  private final SingleAttempt attempt;
  private final Instant start;
  private final List<ElumentaException> failures = new ArrayList<>();
  private final Optional<Tracked> tracked;
  private Duration wait = Duration.ZERO;
  private int attempts;

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
    this.start = settings.time().now();
    this.tracked = lookUp.track(operation.operationId(), arguments);
    Optional<String> model = tracked.flatMap(Tracked::model);
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
    this.attempt = new SingleAttempt(operation, settings, limits, breaker, attempt, report);
  }

  /** Waits as decided and makes the next attempt; {@link AttemptAgain} asks for one more. */
  Object next() {
    sleep(wait, attempts == 0 ? "before anything was sent" : "while waiting to try again");
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
    attempts++;
    Outcome outcome = sent(limit, permission);
    if (outcome.failure() != null) {
      return afterFailure(outcome.failure());
    }
    tracked.ifPresent(call -> call.answered(outcome.result()));
    limits.budget().succeeded();
    return outcome.result();
  }

  /** What is no failure of the call must not hide that an earlier attempt may be paid for. */
  private Outcome sent(Duration limit, Optional<Permission> permission) {
    try {
      return attempt.send(attempts, limit, permission);
    } catch (RuntimeException foreign) {
      attempts--;
      if (!isOpenBefore()) {
        throw foreign;
      }
      ElumentaException lost =
          failures.stream()
              .filter(each -> each.execution() == Execution.UNKNOWN)
              .reduce((earlier, later) -> later)
              .orElseThrow();
      lost.addSuppressed(foreign);
      throw ended(lost, new GiveUp(GiveUpReason.OUTCOME_UNKNOWN, Optional.empty()));
    }
  }

  @Override
  public void close() {
    tracked.ifPresent(Tracked::close);
  }

  ElumentaException interrupted(String phase) {
    return ended(new CallInterruptedException(notSent().build(), phase, null), notAgain());
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
          throw refused(
              new RateLimitException(notSent(held).build()),
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
      throw refused(
          new CallTimeoutException(notSent().build(), deadline.limit(), null),
          GiveUpReason.WAIT_EXCEEDS_DEADLINE,
          null);
    }
    Optional<Permission> permission = breaker.map(ModelBreaker::ask);
    permission.flatMap(Permission::closedFor).ifPresent(this::refuse);
    return permission;
  }

  private void refuse(Duration closedFor) {
    String model = tracked.flatMap(Tracked::model).orElseThrow();
    throw refused(
        new CircuitOpenException(notSent(closedFor).build(), model),
        GiveUpReason.NOT_TRANSIENT,
        null);
  }

  /** An attempt that is not made leaves the outcome of earlier ones as open as it is. */
  private ElumentaException refused(
      ElumentaException refusal, GiveUpReason reason, String sentence) {
    boolean isOpen = !operation.isIdempotent() && isOpenBefore();
    return ended(
        refusal,
        new GiveUp(isOpen ? GiveUpReason.OUTCOME_UNKNOWN : reason, Optional.ofNullable(sentence)));
  }

  private ErrorContext.Builder notSent() {
    return operation.failed(Execution.NOT_EXECUTED).occurredAt(settings.time().now());
  }

  private ErrorContext.Builder notSent(Duration retryAfter) {
    return notSent()
        .details(Map.of("retry_after", BigDecimal.valueOf(retryAfter.toMillis() + 1, 3)));
  }

  /** Returns what was recovered; throws what is to be done or said otherwise. */
  private Object afterFailure(ElumentaException failure) {
    boolean isAffordable = limits.budget().tryTake();
    RetryDecision decision =
        RetryDecision.decide(
            failure,
            whenUnknown(),
            situation(isAffordable),
            settings.retry(),
            ThreadLocalRandom.current().nextDouble());
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
    throw ended(failure, (GiveUp) decision);
  }

  private Situation situation(boolean isAffordable) {
    return new Situation(attempts, deadline.remaining(), isAffordable, terms.hasAlternative());
  }

  private AttemptAgain again(ElumentaException failure, Retry retry) {
    failures.add(failure);
    wait = retry.delay();
    report.retryScheduled(failure, wait);
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
      throw ended(failure, inVain(failure, unclear.because()));
    }
    boolean isAffordable = limits.budget().tryTake();
    RetryDecision decision =
        RetryDecision.afterLookUp(
            failure,
            deadline.elapsed().minus(failedAfter),
            situation(isAffordable),
            settings.retry());
    if (decision instanceof Retry retry) {
      call.sentAgain();
      throw again(failure, retry);
    }
    if (isAffordable) {
      limits.budget().giveBack();
    } else {
      report.budgetEmpty();
    }
    throw ended(failure, (GiveUp) decision);
  }

  private static GiveUp inVain(ElumentaException failure, String because) {
    return new GiveUp(
        failure.isTransient() ? GiveUpReason.OUTCOME_UNKNOWN : GiveUpReason.NOT_TRANSIENT,
        Optional.of("It was looked for in the history, in vain: " + because));
  }

  private static GiveUp notAgain() {
    return new GiveUp(GiveUpReason.NOT_TRANSIENT, Optional.empty());
  }

  /** The last failure, with the facts of the whole call and the earlier failures beside it. */
  private ElumentaException ended(ElumentaException failure, GiveUp giveUp) {
    failure.completeContext(
        context ->
            context
                .attempts(attempts)
                .elapsed(deadline.elapsed())
                .execution(overall(failure.execution()))
                .remark(remark(giveUp)));
    failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
    ElumentaException told =
        giveUp.reason() == GiveUpReason.OUTCOME_UNKNOWN
            ? new OutcomeUnknownException(failure)
            : failure;
    report.gaveUp(told, giveUp.reason());
    return told;
  }

  private String remark(GiveUp giveUp) {
    String why = giveUp.sentence().orElse("");
    if (giveUp.reason() == GiveUpReason.OUTCOME_UNKNOWN) {
      String asked =
          tracked.flatMap(Tracked::model).map(model -> "asked for " + model + " and ").orElse("");
      why = "It %swas first sent at %s. %s".formatted(asked, start, why).strip();
    }
    return why.isEmpty() ? null : why;
  }

  /** What is true of the last attempt need not be true of an earlier one. */
  private Execution overall(Execution ofLastAttempt) {
    return isOpenBefore() && ofLastAttempt == Execution.NOT_EXECUTED
        ? Execution.UNKNOWN
        : ofLastAttempt;
  }

  private boolean isOpenBefore() {
    return !operation.httpMethod().equals("GET")
        && failures.stream().anyMatch(each -> each.execution() == Execution.UNKNOWN);
  }
}
