package ru.elumenta.client.internal.recovery;

import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.recovery.RowClock.Difference;
import ru.elumenta.client.internal.stream.EventStream;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.Execution;

/** One paid call: in the journal before it is sent, and until its outcome is known. */
final class SentCall implements Tracked {
  /** Less is a clock that is kept right little by little. */
  private static final Duration CLOCK_WAS_SET = Duration.ofSeconds(1);

  private final LostCalls.Shared shared;
  private final HistoryLook.Parts parts;
  private final String model;
  private final Supplier<Map<String, Object>> members;
  private final String operation;
  private OpenCall call; // null until it is sent
  private Instant sent;
  private long begun; // by the clock that only moves forward
  private boolean isClosed;

  SentCall(
      LostCalls.Shared shared,
      HistoryLook.Parts parts,
      String operation,
      String model,
      Supplier<Map<String, Object>> members) {
    this.shared = shared;
    this.parts = parts;
    this.operation = operation;
    this.model = model;
    this.members = members;
  }

  @Override
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  @Override
  public void sending(Duration patience) {
    Instant now = shared.time().now();
    OpenCall next =
        call == null
            ? OpenCall.of(
                operation,
                model,
                RequestFingerprint.ofUnchanging(members),
                now,
                shared.rowClock().known().map(Difference::least).orElse(null))
            : call.sentAgain(now);
    begun = call == null ? shared.time().nanoTime() : begun;
    parts.journal().open(next, patience);
    call = next;
    sent = now;
  }

  @Override
  public Optional<OpenCall> openCall() {
    return Optional.ofNullable(call);
  }

  @Override
  public void answered(Object result) {
    Object body = result instanceof TypedResponse<?> response ? response.body() : result;
    GenerationId id = null;
    if (body instanceof Generation generation) {
      id = generation.identity().orElse(null);
      if (generation.getCreatedAt() != null) {
        shared.rowClock().learn(sent, shared.time().now(), generation.getCreatedAt());
      }
    } else if (body instanceof EventStream events) {
      id = events.id().orElse(null);
    }
    if (id == null) {
      unnamed(body instanceof Generation generation ? Optional.of(generation) : Optional.empty());
    }
    close(CallOutcome.answered(id == null ? null : id.toString()));
  }

  private void unnamed(Optional<Generation> result) {
    if (call != null) {
      shared.unnamed().add(call.lost(shared.time().now()), result);
    }
  }

  @Override
  public void ended(Execution execution) {
    switch (execution) {
      case NOT_EXECUTED -> close(CallOutcome.notExecuted());
      case EXECUTED -> {
        unnamed(Optional.empty());
        close(CallOutcome.answered(null));
      }
      case UNKNOWN -> lose();
    }
  }

  private void lose() {
    if (call != null && !isClosed) {
      Instant now = shared.time().now();
      call = call.lost(now);
      parts.ended(call, CallOutcome.unknown(now));
    }
  }

  private void close(CallOutcome outcome) {
    if (call != null && !isClosed) {
      isClosed = true;
      parts.ended(call, outcome);
    }
  }

  @Override
  public void close() {
    if (call != null && call.state() == OpenCall.State.UNDER_WAY) {
      lose(); // an end that nobody foresaw
    }
  }

  @Override
  public Finding find(Deadline deadline, boolean provesAbsence) {
    lose(); // it waits for no answer any more
    Finding finding =
        shared.again().find(proves -> looked(deadline, proves), deadline, provesAbsence);
    isClosed |= finding instanceof Found || finding instanceof Ran; // by the look
    return finding;
  }

  /** The wall clock may have been set since. */
  private OpenCall byClockOfNow() {
    Instant opened = shared.time().now().minusNanos(shared.time().nanoTime() - begun);
    return opened.isBefore(call.openedAt().minus(CLOCK_WAS_SET)) ? call.openedAt(opened) : call;
  }

  private Finding looked(Deadline deadline, boolean provesAbsence) throws InterruptedException {
    try {
      HistoryLook look = new HistoryLook(parts, byClockOfNow(), deadline);
      try {
        return look.once(provesAbsence);
      } finally { // a Date may be old, and never is too new: the first is as good as any
        look.clock().map(Difference::least).ifPresent(ahead -> call = call.withClockSkew(ahead));
      }
    } catch (RuntimeException e) { // credentials may throw anything
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      return new Unclear("The look-up failed.", e);
    }
  }
}
