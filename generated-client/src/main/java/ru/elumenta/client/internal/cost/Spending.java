package ru.elumenta.client.internal.cost;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import ru.elumenta.client.event.Charge;
import ru.elumenta.client.event.GenerationEnd;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.FailureReason;

/** What the generations cost that a client has seen finished. Thread-safe. */
public final class Spending {
  private static final int MOST_IDS_KEPT = 100_000;

  private final Listeners listeners;

  /** What each generation cost, and their ids in the order in which they were first counted. */
  private final Map<String, AtomicLong> counted = new ConcurrentHashMap<>();

  private final Queue<String> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idsKept = new AtomicInteger();
  private final LongAdder tokens = new LongAdder();

  /** Creates it, nothing being spent. */
  public Spending(Listeners listeners) {
    this.listeners = listeners;
  }

  /**
   * Counts a generation, once, if it is finished.
   *
   * @param requestedModel its model if the service names none; may be null
   */
  public void addIfFinished(Generation seen, String requestedModel) {
    if (isFinished(seen)) {
      FailureReason failure = seen.isFailed() ? FailureReason.of(seen.getError()) : null;
      String model = seen.modelName().orElse(requestedModel);
      add(seen.getId(), model, seen.tokensCharged().orElse(0), failure);
    }
  }

  /**
   * Counts what a generation cost, once; the most that was said of it, if that was said later.
   *
   * @param id null if the service named none
   * @param model null if nobody has named it
   * @param failure null if it completed
   */
  public void add(GenerationId id, String model, long charged, FailureReason failure) {
    long said = Math.max(0, charged);
    AtomicLong known = id == null ? null : counted.putIfAbsent(id.toString(), new AtomicLong(said));
    boolean isNew = known == null;
    if (isNew && id != null) {
      kept(id.toString());
    }
    long more = isNew ? said : Math.max(0, said - known.getAndAccumulate(said, Math::max));
    tokens.add(more);
    if (isNew && !listeners.isEmpty()) {
      GenerationEnd end =
          new GenerationEnd(
              Optional.ofNullable(id), Optional.ofNullable(model), Optional.ofNullable(failure));
      listeners.tell(told -> told.generationEnded(end));
    }
    if (more > 0 && !listeners.isEmpty()) {
      Charge charge = new Charge(Optional.ofNullable(id), Optional.ofNullable(model), more);
      listeners.tell(told -> told.charged(charge));
    }
  }

  /** {@link Generation#isFinished()} says what an end is. */
  public static boolean isFinished(Generation generation) {
    return generation.isFinished();
  }

  private void kept(String id) {
    oldestFirst.add(id);
    if (idsKept.incrementAndGet() > MOST_IDS_KEPT) {
      counted.remove(oldestFirst.remove());
      idsKept.decrementAndGet();
    }
  }

  public long tokens() {
    return tokens.sum();
  }
}
