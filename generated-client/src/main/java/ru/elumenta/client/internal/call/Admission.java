package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.internal.call.ModelBreaker.Permission;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/**
 * Leave to make one attempt: a turn of the account and the breaker's permission. Whoever has it
 * tells how the attempt {@link #ended}; closing gives back what was not used. Used by one thread.
 */
final class Admission implements AutoCloseable {
  private final Operation operation;
  private final CallSettings settings;
  private final ClientLimits limits;
  private final CallRecord record;
  private final WhenUnknown whenUnknown;
  private final Optional<ModelBreaker> breaker;
  private final Optional<RequestPacing> pacing;
  private long answersBefore;
  private boolean hasTurn;
  private Permission permission; // null if there is none to give back

  Admission(
      Operation operation,
      CallSettings settings,
      ClientLimits limits,
      CallRecord record,
      WhenUnknown whenUnknown) {
    this.operation = operation;
    this.settings = settings;
    this.limits = limits;
    this.record = record;
    this.whenUnknown = whenUnknown;
    this.breaker = record.model().flatMap(limits::breaker);
    this.pacing = limits.pacing(operation);
  }

  /**
   * Waits as decided, then for its turn; neither time nor circuit breaker may be against it.
   *
   * @throws ElumentaException if it may not be made; what it had is given back by {@link #close}
   */
  void enter(Duration wait) {
    sleep(wait, record.attempts() == 0 ? "before anything was sent" : "while waiting to try again");
    breaker.flatMap(ModelBreaker::closedFor).ifPresent(this::refuse); // before it queues for a turn
    pacing.ifPresent(this::waitForTurn);
    limit();
    Optional<Permission> asked = breaker.map(ModelBreaker::ask);
    asked.flatMap(Permission::closedFor).ifPresent(this::refuse);
    permission = asked.orElse(null);
    answersBefore = pacing.map(RequestPacing::answersSoFar).orElse(0L);
  }

  /**
   * Returns the time that the attempt has if it begins now.
   *
   * @throws CallTimeoutException if there is none left
   */
  AttemptLimit limit() {
    AttemptLimit limit = AttemptLimit.of(record.deadline(), settings.attemptTimeout());
    if (limit.isOver()) {
      throw record.refused(
          new CallTimeoutException(record.notSent().build(), limit.named(), null),
          GiveUpReason.WAIT_EXCEEDS_DEADLINE,
          null);
    }
    return limit;
  }

  private void sleep(Duration duration, String phase) {
    try {
      if (settings.pause().sleep(duration) == Pause.End.CLOSED) {
        throw record.interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw record.interrupted(phase);
    }
  }

  private void waitForTurn(RequestPacing turns) {
    long ticket = turns.join();
    try {
      Duration held = turns.ask(ticket);
      boolean isTold = false;
      while (!held.isZero()) {
        if (!RetryDecision.fits(held, record.deadline().remaining(), whenUnknown)) {
          throw record.refused(
              new RateLimitException(record.notSent(held).build()),
              GiveUpReason.WAIT_EXCEEDS_DEADLINE,
              "The wait of %d s would exceed the deadline of the call."
                  .formatted(held.toSeconds()));
        }
        if (!isTold) {
          isTold = true;
          record.report().heldBack(HeldBack.Reason.PACING, held);
        }
        sleep(RequestPacing.untilNextAsking(held), "while it was held back, nothing being sent");
        held = turns.ask(ticket);
      }
      hasTurn = true;
    } finally {
      turns.leave(ticket);
    }
  }

  private void refuse(Duration closedFor) {
    throw record.refused(
        new CircuitOpenException(record.notSent(closedFor).build(), record.model().orElseThrow()),
        GiveUpReason.NOT_TRANSIENT,
        null);
  }

  /**
   * Tells all that learn from how the attempt went. Nothing in here may throw: a paid result may be
   * on its way out.
   *
   * @return for how long the model is left alone from now on; empty if that is not new
   */
  Optional<Duration> ended(AttemptOptions exchange, ElumentaException failure) {
    Optional<RateLimits> said = exchange.answer().flatMap(limits::noted);
    if (hasTurn) {
      hasTurn = false;
      tellPacing(pacing.orElseThrow(), said, exchange, failure);
    }
    said.ifPresent(record.report()::rateLimits);
    if (permission == null) {
      return Optional.empty();
    }
    Permission used = permission;
    permission = null;
    if (!exchange.isSent()) {
      breaker.orElseThrow().notAsked(used);
    } else if (failure == null) {
      if (breaker.orElseThrow().answered(used)) {
        record.report().breakerClosed();
      }
    } else {
      return breaker.orElseThrow().failed(used, failure);
    }
    return Optional.empty();
  }

  private void tellPacing(
      RequestPacing turns,
      Optional<RateLimits> said,
      AttemptOptions exchange,
      ElumentaException failure) {
    if (said.isPresent()) {
      turns.answered(said.get(), answersBefore, () -> limits.skew(exchange.answer().orElseThrow()));
    } else if (hasNotArrived(exchange, failure)) {
      turns.notSent();
    } else {
      turns.lost();
    }
    if (failure instanceof RateLimitException) {
      turns.refused(BackOff.asked(failure, settings.retry().rateLimitWait()));
    } else if (exchange.answer().isPresent()) {
      turns.accepted(answersBefore);
    }
  }

  private static boolean hasNotArrived(AttemptOptions exchange, ElumentaException failure) {
    boolean provablyNot = failure != null && failure.execution() == Execution.NOT_EXECUTED;
    return !exchange.isSent() || (provablyNot && exchange.answer().isEmpty());
  }

  @Override
  public void close() {
    if (hasTurn) {
      pacing.orElseThrow().notSent();
    }
    if (permission != null) {
      breaker.orElseThrow().notAsked(permission);
    }
  }
}
