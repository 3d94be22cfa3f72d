package ru.elumenta.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;

/**
 * What this process knows of its own calls: those under way, so that a Redis which has lost its
 * last second is told again, and how the last ones ended, until Redis has it. Thread-safe.
 */
final class JournalMemory {
  /** So many ends are kept, the newest. */
  private static final int MOST_ENDS = 10_000;

  private final Map<String, OpenCall> underWay = new HashMap<>(); // guarded by this, as are all
  private final Map<String, End> ends = new LinkedHashMap<>(); // the oldest first

  /**
   * How a call ended.
   *
   * @param call null if another process had opened it
   * @param isWritten whether Redis has it
   * @param at by the clock of {@link System#nanoTime}
   */
  record End(
      String callId, CallOutcome outcome, @Nullable OpenCall call, boolean isWritten, long at) {
    Optional<OpenCall> known() {
      return Optional.ofNullable(call);
    }
  }

  synchronized void opened(OpenCall call) {
    underWay.put(call.id(), call);
    ends.remove(call.id());
  }

  /** Returns the end, which is not written yet. */
  synchronized End ended(String callId, CallOutcome outcome) {
    OpenCall call = underWay.remove(callId);
    End end = new End(callId, outcome, call, false, System.nanoTime());
    ends.put(callId, end);
    if (ends.size() > MOST_ENDS) {
      ends.remove(ends.keySet().iterator().next());
    }
    return end;
  }

  synchronized void written(End end) {
    ends.computeIfPresent(
        end.callId(),
        (id, now) ->
            now == end
                ? new End(id, end.outcome(), null, true, end.at()) // its call is of no use now
                : now);
  }

  synchronized List<OpenCall> underWay() {
    return List.copyOf(underWay.values());
  }

  synchronized Optional<OpenCall> underWay(String callId) {
    return Optional.ofNullable(underWay.get(callId));
  }

  synchronized Optional<End> end(String callId) {
    return Optional.ofNullable(ends.get(callId));
  }

  /** Returns the ends that Redis does not have, the oldest first. */
  synchronized List<End> unwritten() {
    return ends.values().stream().filter(end -> !end.isWritten()).toList();
  }

  /** Returns which calls got which generation since then, by generation. */
  synchronized Map<String, String> answeredSince(long nanoTime) {
    Map<String, String> answered = new HashMap<>();
    List<End> newestFirst = new ArrayList<>(ends.values());
    for (int i = newestFirst.size() - 1; i >= 0 && newestFirst.get(i).at() - nanoTime >= 0; i--) {
      End end = newestFirst.get(i);
      if (end.isWritten() && end.outcome() instanceof CallOutcome.Answered it) {
        it.generationId().ifPresent(generation -> answered.put(generation, end.callId()));
      }
    }
    return answered;
  }

  synchronized int size() {
    return underWay.size();
  }
}
