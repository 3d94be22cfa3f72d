package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;

/**
 * Which call created a generation that has not ended, so that a wait for it is part of that call's
 * trace where there is no other. Thread-safe.
 */
final class Creations {
  private static final int MOST_KEPT = 1000;

  private final Map<GenerationId, Observation> calls = // guarded by this
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GenerationId, Observation> eldest) {
          return size() > MOST_KEPT;
        }
      };

  synchronized void add(GenerationId id, Observation call) {
    calls.put(id, call);
  }

  synchronized @Nullable Observation of(GenerationId id) {
    return calls.get(id);
  }

  synchronized void ended(GenerationId id) {
    calls.remove(id);
  }

  synchronized int size() {
    return calls.size();
  }
}
