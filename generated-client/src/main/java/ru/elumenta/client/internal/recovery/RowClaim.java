package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import ru.elumenta.client.internal.recovery.HistorySearch.Shown;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.PromptFingerprint;
import ru.elumenta.client.model.HistoryItem;

/**
 * Gives rows of the history to calls. Two calls with the same model and prompt cannot be told apart
 * there, so a generation is claimed by the call that got it, and a lost call takes none that may be
 * that of another which still waits for its answer, or which differs in anything. Thread-safe as
 * its journal is.
 */
final class RowClaim {
  private final CallJournal journal;
  private final UnnamedResults unnamed;

  RowClaim(CallJournal journal, UnnamedResults unnamed) {
    this.journal = journal;
    this.unnamed = unnamed;
  }

  /** Returns the same by another journal. */
  RowClaim of(CallJournal other) {
    return new RowClaim(other, unnamed);
  }

  /** What became of the attempt to claim one of several generations. */
  sealed interface Result {}

  /** This one is the call's own. */
  record Claimed(String id) implements Result {}

  /** There is one, but it may be that of another call. */
  record Contested() implements Result {}

  /** There is none that could be it, and that no call has. */
  record None() implements Result {}

  /** None is certainly its own, but these may be. */
  record Perhaps(Set<String> ids) implements Result {}

  /**
   * Claims the oldest that nobody has, as calls that began later can make use of the younger ones
   * only.
   *
   * @param isIt whether the generation itself, which is read first, does not contradict
   */
  Result oldest(Shown shown, OpenCall call, Predicate<String> isIt, Duration patience) {
    List<OpenCall> open = journal.openCalls();
    List<UnnamedResults.Result> answered =
        unnamed.all().stream().filter(each -> isLike(each.call(), call)).toList();
    Set<String> all = new HashSet<>(shown.certain().keySet());
    all.addAll(shown.perhaps());
    Map<String, String> claims = journal.claims(all);
    Set<String> perhaps = new TreeSet<>(shown.perhaps());
    for (Map.Entry<String, HistoryItem> each : shown.certain().entrySet()) {
      String id = each.getKey();
      HistoryItem row = each.getValue();
      if (isOfAnother(claims.get(id), call)
          || answered.stream().anyMatch(other -> other.isShownBy(row))) {
        continue;
      }
      Instant created = row.getCreatedAt();
      boolean isContested =
          open.stream()
                  .filter(other -> mayHaveMade(other, call))
                  .anyMatch(other -> shown.mayBeOf(other, created))
              || answered.stream()
                  .filter(other -> shown.mayBeOfAnswered(other.call(), created))
                  .anyMatch(other -> other.mayBeShownBy(row));
      if (isContested) {
        return new Contested();
      }
      if (!isIt.test(id)) {
        perhaps.add(id);
      } else if (journal.claim(id, call, patience)) {
        return new Claimed(id);
      }
    }
    perhaps.removeIf(id -> isOfAnother(claims.get(id), call));
    return perhaps.isEmpty() ? new None() : new Perhaps(perhaps);
  }

  private static boolean isOfAnother(String owner, OpenCall call) {
    return owner != null && !owner.equals(call.id());
  }

  /** Whether a row that shows the call's model and prompt may be that of this other call. */
  private static boolean mayHaveMade(OpenCall other, OpenCall call) {
    return isLike(other, call)
        && (other.state() == OpenCall.State.UNDER_WAY
            || !other.request().whole().equals(call.request().whole()));
  }

  /** Whether it is another call, which cannot be told from this one by what a row shows. */
  private static boolean isLike(OpenCall other, OpenCall call) {
    return !other.id().equals(call.id())
        && other.model().equals(call.model())
        && normal(other).equals(normal(call));
  }

  private static String normal(OpenCall call) {
    return call.request().prompt().map(PromptFingerprint::normal).orElse("");
  }
}
