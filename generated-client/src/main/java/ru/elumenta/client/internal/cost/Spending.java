package ru.elumenta.client.internal.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;

/** What the generations cost that a client has seen finished. Thread-safe. */
public final class Spending {
  private static final int MOST_IDS_KEPT = 100_000;

  private final Map<String, Long> counted = // guarded by this
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_IDS_KEPT;
        }
      };
  private long tokens; // guarded by this

  /** Counts a finished generation, once. */
  public void add(Generation finished) {
    add(finished.getId(), finished.tokensCharged().orElse(0));
  }

  /** Counts a generation, once, if it is finished. */
  public void addIfFinished(Generation seen) {
    if (isFinished(seen)) {
      add(seen);
    }
  }

  /**
   * Counts what a generation cost, once; the most that was said of it, if that was said later.
   *
   * @param id null if the service named none
   */
  public synchronized void add(GenerationId id, long charged) {
    long known = id == null ? 0 : counted.getOrDefault(id.toString(), 0L);
    long most = Math.max(known, charged);
    if (id != null) {
      counted.put(id.toString(), most);
    }
    tokens += most - known;
  }

  /** {@link Generation#isFinished()} says what an end is. */
  public static boolean isFinished(Generation generation) {
    return generation.isFinished();
  }

  public synchronized long tokens() {
    return tokens;
  }
}
