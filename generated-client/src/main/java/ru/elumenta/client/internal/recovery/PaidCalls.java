package ru.elumenta.client.internal.recovery;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Which generations belong to which call of this client. Two calls with the same model and prompt
 * cannot be told apart in the history, so a generation is claimed by the call that got it, and a
 * lost call takes none that may be that of a call still under way.
 *
 * <p>Thread-safe: every method holds the lock of this object.
 */
final class PaidCalls {
  private static final int MOST_CLAIMS_KEPT = 10_000;
  private static final int MOST_LOST_KEPT = 1_000;

  /** By fingerprint, when each call began. */
  private final Map<String, Map<Object, Long>> underWay = new HashMap<>();

  /** Calls without a result, the oldest first. */
  private final Map<Object, Lost> lost =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Lost> eldest) {
          return size() > MOST_LOST_KEPT;
        }
      };

  private record Lost(String fingerprint, long began, String hash) {}

  private final Map<String, Boolean> claimed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_CLAIMS_KEPT;
        }
      };

  /**
   * A row of the history that shows the model and prompt of a call.
   *
   * @param created by the service's clock
   */
  record Candidate(String id, Instant created) {}

  /**
   * A call is about to be sent.
   *
   * @param began by the clock that only moves forward; of a call that is sent again, the first time
   */
  synchronized void begin(String fingerprint, Object call, long began) {
    underWay.computeIfAbsent(fingerprint, any -> new HashMap<>()).put(call, began);
  }

  /**
   * The call is lost: it waits for no answer any more, but a row may be its own as well as that of
   * a call that differs in what rows do not show.
   *
   * @param hash of all that was sent
   */
  synchronized void lose(String fingerprint, Object call, long began, String hash) {
    end(fingerprint, call);
    lost.put(call, new Lost(fingerprint, began, hash));
  }

  /** The call has got its answer: it waits for none any more. */
  synchronized void end(String fingerprint, Object call) {
    underWay.computeIfPresent(
        fingerprint,
        (same, calls) -> {
          calls.remove(call);
          return calls.isEmpty() ? null : calls;
        });
  }

  /** A call has got this generation. */
  synchronized void claim(String id) {
    claimed.put(id, true);
  }

  /** Returns whether one of these generations has been got by no call. */
  synchronized boolean isAnyFree(Set<String> ids) {
    return ids.stream().anyMatch(id -> !claimed.containsKey(id));
  }

  /** What became of the attempt to claim one of several generations. */
  enum Kind {
    /** There is none that is not claimed. */
    NONE,
    /** It may be that of a call under way. */
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

  /**
   * Claims the oldest of the candidates that nobody has, unless it is young enough to be that of a
   * call under way. The oldest, because calls that began later can make use of the younger ones
   * only.
   *
   * @param earliestRow from when a call began to the first moment, by the service's clock, at which
   *     its generation may have been created
   */
  synchronized Share share(
      String fingerprint,
      Object call,
      String hash,
      List<Candidate> candidates,
      LongFunction<Instant> earliestRow) {
    Optional<Candidate> oldest =
        candidates.stream()
            .filter(candidate -> !claimed.containsKey(candidate.id))
            .min(Comparator.comparing(Candidate::created));
    if (oldest.isEmpty()) {
      return new Share(Kind.NONE, null);
    }
    LongStream ofOthers =
        LongStream.concat(
            underWay.getOrDefault(fingerprint, Map.of()).values().stream()
                .mapToLong(began -> began),
            lost.values().stream()
                .filter(other -> other.fingerprint.equals(fingerprint))
                .filter(other -> !other.hash.equals(hash))
                .mapToLong(Lost::began));
    boolean isContested =
        ofOthers.anyMatch(began -> !oldest.get().created.isBefore(earliestRow.apply(began)));
    if (isContested) {
      return new Share(Kind.CONTESTED, null);
    }
    claim(oldest.get().id);
    lost.remove(call);
    return new Share(Kind.CLAIMED, oldest.get().id);
  }
}
