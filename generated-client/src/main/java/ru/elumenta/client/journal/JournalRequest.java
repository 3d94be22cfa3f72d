package ru.elumenta.client.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something to be read from a journal or written into it, by the thread that does so for all.
 *
 * @param <T> what is answered
 */
final class JournalRequest<T extends @Nullable Object> {
  /** How far it got. */
  private enum Phase {
    /** It can be taken back without a trace. */
    QUEUED,
    /** It is being done, or was. */
    TAKEN,
    /** Nobody waits for it any more, and it is not done. */
    WITHDRAWN
  }

  /**
   * What is asked.
   *
   * @param <T> what is answered
   */
  @FunctionalInterface
  interface Decision<T extends @Nullable Object> {
    /** Looks at all that was written so far, adds to it, and returns the answer. */
    T decide(JournalState state, List<JournalRecord> records);
  }

  private final Decision<T> decision;
  private final boolean isDurable;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);
  private @Nullable T answer; // null until it is decided

  /** Creates one; a durable one is done when the disk has it. */
  JournalRequest(boolean isDurable, Decision<T> decision) {
    this.decision = decision;
    this.isDurable = isDurable;
  }

  boolean isDurable() {
    return isDurable;
  }

  /** Returns false if it is not to be done any more. */
  boolean take() {
    return phase.compareAndSet(Phase.QUEUED, Phase.TAKEN);
  }

  /** Returns false if it is too late, and it may be done or have been done. */
  boolean withdraw() {
    return phase.compareAndSet(Phase.QUEUED, Phase.WITHDRAWN);
  }

  void decide(JournalState state, List<JournalRecord> records) {
    answer = decision.decide(state, records);
  }

  void succeed() {
    done.complete(answer);
  }

  void fail(Throwable failure) {
    done.completeExceptionally(failure);
  }

  CompletableFuture<T> done() {
    return done;
  }
}
