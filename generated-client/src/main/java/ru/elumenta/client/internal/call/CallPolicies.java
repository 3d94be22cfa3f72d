package ru.elumenta.client.internal.call;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.error.ElumentaException;

/**
 * The policies around every call, from the outside in: those of the application, the limit of calls
 * at once, and the repetition of attempts, each of which asks the {@link ModelBreaker} of its model
 * in its {@link Admission}. This class and the breaker alone know Failsafe. Thread-safe.
 *
 * <p>Failsafe repeats, and nothing else: it sees only {@link AttemptAgain}, waits for nothing and
 * limits nothing. Its jitter shortens waits that the server named, its time limit clamps them,
 * either of which would call too early, and its sleep knows no given clock; so the wait is computed
 * by {@link RetryDecision} and slept in the admission.
 */
final class CallPolicies {
  /** Loaded by the first call that needs a second attempt. */
  private static final class Repeating {
    static final FailsafeExecutor<Object> POLICY =
        Failsafe.with(RetryPolicy.builder().handle(AttemptAgain.class).withMaxAttempts(-1).build());
  }

  private final FailsafeExecutor<Object> ofApplication; // null if it has none
  private final Semaphore places; // null for no limit; first come, first served
  private final int mostCalls;

  CallPolicies(List<Policy<Object>> ofApplication, int mostCalls) {
    this.ofApplication = ofApplication.isEmpty() ? null : Failsafe.with(ofApplication);
    this.places = mostCalls == 0 ? null : new Semaphore(mostCalls, true);
    this.mostCalls = mostCalls;
  }

  /** Says that an attempt is to be repeated; never leaves this package. */
  static final class AttemptAgain extends RuntimeException {
    AttemptAgain() {
      super(null, null, false, false);
    }
  }

  /** Runs a call; a look-up is part of a call that has passed. */
  Object run(CallInProgress call, boolean isLookUp) {
    if (isLookUp) {
      return repeated(call);
    }
    return ofApplication == null ? atOnce(call) : withinOthers(call);
  }

  /** Most calls need but one attempt, for which nothing has to be prepared. */
  private static Object repeated(CallInProgress call) {
    try {
      return call.next();
    } catch (AttemptAgain again) {
      return again(call);
    }
  }

  private static Object again(CallInProgress call) {
    try {
      return Repeating.POLICY.get(call::next);
    } catch (FailsafeException e) { // it also sleeps for no time at all
      throw interruptedOr(e, () -> call.record().interrupted("between two attempts"));
    }
  }

  private Object withinOthers(CallInProgress call) {
    OneRun once = new OneRun(() -> atOnce(call));
    try (once) {
      return ofApplication.get(once::get);
    } catch (FailsafeException e) {
      throw interruptedOr(
          e,
          () ->
              once.hasBegun()
                  ? call.record().left()
                  : call.record().interrupted("before it was sent"));
    }
  }

  /** Any other is of the application's own making. */
  private static RuntimeException interruptedOr(
      FailsafeException thrown, Supplier<ElumentaException> interrupted) {
    if (!(thrown.getCause() instanceof InterruptedException)) {
      return thrown;
    }
    Thread.currentThread().interrupt();
    return interrupted.get();
  }

  /**
   * Waits for one of the calls at once to end, no longer than the call itself may last. Failsafe's
   * bulkhead gives a place to whoever has stopped waiting for it, and that place is lost.
   */
  private Object atOnce(CallInProgress call) {
    if (places == null) {
      return repeated(call);
    }
    CallRecord record = call.record();
    Duration longest = record.deadline().remaining();
    try {
      boolean isFree = places.tryAcquire(0, TimeUnit.NANOSECONDS); // unlike tryAcquire(), in turn
      if (!isFree) {
        record.report().heldBack(HeldBack.Reason.CALLS_AT_ONCE, longest);
      }
      if (!isFree && !places.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        throw record.refused(
            new TooManyCallsException(record.notSent().build(), mostCalls),
            GiveUpReason.NOT_TRANSIENT,
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw record.interrupted("while it waited for other calls to end");
    }
    try {
      return repeated(call);
    } finally {
      places.release();
    }
  }
}
