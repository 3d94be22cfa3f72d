package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.internal.call.ModelBreaker.Permission;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;
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
  private final Optional<Pacing> pacing;
  private PacingTurn turn; // null without pacing, before it queues, and once its end is told
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

  private void giveBackTurn() {
    if (turn == null) {
      return;
    }
    try {
      turn.close();
    } catch (RuntimeException foreign) {
      Listeners.warn("The pacing has thrown; the call went on.", foreign);
    } finally {
      turn = null;
    }
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

  private void waitForTurn(Pacing turns) {
    turn = turns.join();
    HeldBack.Reason told = null;
    Optional<Held> held = asked();
    while (held.isPresent()) {
      Held now = held.get();
      if (!RetryDecision.fits(now.heldFor(), record.deadline().remaining(), whenUnknown)) {
        throw tooLong(now);
      }
      if (told != now.reason()) {
        told = now.reason();
        record.report().heldBack(now.reason(), atMost(now));
      }
      sleep(now.askAgainIn(), "while it was held back, nothing being sent");
      held = asked();
    }
  }

  private Optional<Held> asked() {
    try {
      return turn.ask(BackOff.longer(record.deadline().remaining(), Duration.ZERO));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw record.interrupted("while it was held back, nothing being sent");
    } catch (RuntimeException foreign) { // of a pacing of the application's own
      throw record.foreign(foreign);
    }
  }

  private ElumentaException tooLong(Held held) {
    if (held.reason() == HeldBack.Reason.CALLS_AT_ONCE) {
      return record.refused(
          TooManyCallsException.ofPacing(record.notSent().build(), held.limit()),
          GiveUpReason.WAIT_EXCEEDS_DEADLINE,
          null);
    }
    return record.refused(
        new RateLimitException(record.notSent(held.heldFor()).build()),
        GiveUpReason.WAIT_EXCEEDS_DEADLINE,
        "The wait of %d s would exceed the deadline of the call."
            .formatted(held.heldFor().toSeconds()));
  }

  /** Nobody knows how long requests of others will take. */
  private Duration atMost(Held held) {
    return held.reason() == HeldBack.Reason.CALLS_AT_ONCE
        ? record.deadline().remaining()
        : held.heldFor();
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
    if (turn != null) {
      tellPacing(turnEnd(said, exchange, failure));
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

  private void tellPacing(TurnEnd end) {
    try {
      turn.ended(end);
    } catch (Throwable foreign) { // an Error, too, would take the place of a paid result
      Listeners.warn("The pacing has thrown; the call went on.", foreign);
    }
    giveBackTurn();
  }

  private TurnEnd turnEnd(
      Optional<RateLimits> said, AttemptOptions exchange, ElumentaException failure) {
    if (exchange.answer().isPresent()) {
      return TurnEnd.answered(
          said,
          said.flatMap(limits -> limits.hour().reset()).isPresent()
              ? limits.skew(exchange.answer().get())
              : Duration.ZERO,
          failure instanceof RateLimitException
              ? Optional.of(BackOff.asked(failure, settings.retry().rateLimitWait()))
              : Optional.empty());
    }
    return hasNotArrived(exchange, failure) ? TurnEnd.notSent() : TurnEnd.lost();
  }

  private static boolean hasNotArrived(AttemptOptions exchange, ElumentaException failure) {
    return !exchange.isSent() || (failure != null && failure.execution() == Execution.NOT_EXECUTED);
  }

  @Override
  public void close() {
    giveBackTurn();
    if (permission != null) {
      breaker.orElseThrow().notAsked(permission);
    }
  }
}
