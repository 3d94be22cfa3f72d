package ru.elumenta.client.internal.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;

/** What the generations cost that a client has seen finished. Thread-safe. */
public final class Spending {
  private static final int MOST_IDS_KEPT = 100_000;

  private final Map<String, Boolean> counted = // guarded by this
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_IDS_KEPT;
        }
      };
  private long tokens; // guarded by this

  /** Counts a finished generation, once. */
  public void add(Generation finished) {
    add(finished.getId(), finished.tokensCharged().orElse(0));
  }

  /**
   * Counts what a generation cost, once.
   *
   * @param id null if the service named none
   */
  public synchronized void add(GenerationId id, long charged) {
    boolean isNew = id == null || counted.put(id.toString(), true) == null;
    if (isNew) {
      tokens += charged;
    }
  }

  public synchronized long tokens() {
    return tokens;
  }
}
