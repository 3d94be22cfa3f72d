package ru.elumenta.client.internal.recovery;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which generations belong to which call of this client. Two calls with the same model and prompt
 * cannot be told apart in the history, so a generation is claimed by the call that got it, and a
 * lost call must leave enough unclaimed ones for those that are still under way.
 *
 * <p>Thread-safe: every method holds the lock of this object.
 */
final class PaidCalls {
  private static final int MOST_CLAIMS_KEPT = 10_000;

  private final Map<String, Integer> underWay = new HashMap<>();
  private final Map<String, Boolean> claimed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_CLAIMS_KEPT;
        }
      };

  /** A call with this fingerprint is about to be sent. */
  synchronized void begin(String fingerprint) {
    underWay.merge(fingerprint, 1, Integer::sum);
  }

  /** The call has got its answer or is lost: it waits for no answer any more. */
  synchronized void end(String fingerprint) {
    underWay.computeIfPresent(fingerprint, (same, calls) -> calls == 1 ? null : calls - 1);
  }

  /** A call has got this generation. */
  synchronized void claim(String id) {
    claimed.put(id, true);
  }

  /** What became of the attempt to claim one of several generations. */
  enum Kind {
    /** There is none that is not claimed. */
    NONE,
    /** There are no more than calls under way which they may belong to. */
    CONTESTED,
    /** One was claimed. */
    CLAIMED
  }

  /**
   * The result of {@link #share}.
   *
   * @param id the claimed generation, or null
   */
  record Share(Kind kind, String id) {}

  /** Claims the first of the candidates that nobody else has or may have. */
  synchronized Share share(String fingerprint, Set<String> candidates) {
    List<String> free = candidates.stream().filter(id -> !claimed.containsKey(id)).toList();
    if (free.isEmpty()) {
      return new Share(Kind.NONE, null);
    }
    if (free.size() <= underWay.getOrDefault(fingerprint, 0)) {
      return new Share(Kind.CONTESTED, null);
    }
    claim(free.get(0));
    return new Share(Kind.CLAIMED, free.get(0));
  }
}
