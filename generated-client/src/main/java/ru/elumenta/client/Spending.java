package ru.elumenta.client;

import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.model.Generation;

/** What the generations cost that a client has seen finished. Thread-safe. */
final class Spending {
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
  synchronized void add(Generation finished) {
    boolean isNew =
        finished.getId() == null || counted.put(finished.getId().toString(), true) == null;
    if (isNew) {
      tokens += finished.tokensCharged().orElse(0);
    }
  }

  synchronized long tokens() {
    return tokens;
  }
}
