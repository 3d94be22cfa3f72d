package ru.elumenta.client.internal.recovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationView;
import ru.elumenta.client.model.HistoryItem;

/**
 * Calls of this client that got a result without an id, as failures come in the documentation
 * (page: error-handling). Their rows cannot be claimed, and must not be taken for those of lost
 * calls with the same prompt. Thread-safe.
 */
final class UnnamedResults {
  /** So many are kept, the newest. */
  private static final int MOST = 1_000;

  private final Deque<Result> results = new ArrayDeque<>(); // guarded by this; the oldest first

  /** Takes note of a call that was answered. */
  void add(OpenCall answered, Optional<Generation> result) {
    synchronized (this) {
      if (results.size() == MOST) {
        results.removeFirst();
      }
      results.addLast(
          new Result(
              answered,
              result.map(GenerationView::isFailed),
              result.flatMap(UnnamedResults::addressOf)));
    }
  }

  synchronized List<Result> all() {
    return List.copyOf(results);
  }

  /** An address may be signed anew each time it is shown. */
  private static Optional<String> addressOf(GenerationView view) {
    return view.fileUrl().map(url -> url.split("[?#]", 2)[0]);
  }

  /**
   * What is known of such a result.
   *
   * @param call that it answered, lost at that moment
   * @param isFailed empty if it is still to end
   * @param address of its file; empty if it has none
   */
  record Result(OpenCall call, Optional<Boolean> isFailed, Optional<String> address) {

    /** Returns whether a row that could be this call's by model, prompt and time certainly is. */
    boolean isShownBy(HistoryItem row) {
      return address.isPresent() && address.equals(addressOf(row));
    }

    /** Returns whether it may be. */
    boolean mayBeShownBy(HistoryItem row) {
      boolean hasEndedOtherwise =
          row.isFinished() && isFailed.isPresent() && isFailed.get() != row.isFailed();
      boolean hasAnotherFile =
          address.isPresent()
              && addressOf(row).filter(shown -> !address.get().equals(shown)).isPresent();
      return !hasEndedOtherwise && !hasAnotherFile;
    }
  }
}
