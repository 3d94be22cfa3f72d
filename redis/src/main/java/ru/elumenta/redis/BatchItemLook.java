package ru.elumenta.redis;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.redis.TakenItem.Phase;
import ru.elumenta.redis.TakenItem.State;

/**
 * Looks for what became of an item that may have been sent, by a worker that is dead. It is never
 * sent again. Used by one thread.
 */
final class BatchItemLook {
  private static final int MOST_LOOKS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BatchWorker worker;
  private final ElumentaCalls elumenta;
  private final TakenItem item;
  private int looks;

  BatchItemLook(BatchWorker worker, TakenItem item) {
    this.worker = worker;
    this.elumenta = worker.elumenta();
    this.item = item;
  }

  private BatchItemEnd end() {
    return new BatchItemEnd(worker, item, item.state().price());
  }

  void look(State state) throws InterruptedException {
    while (!worker.isStopping() && worker.has(item)) {
      try {
        if (isOver(state)) {
          return;
        }
      } catch (ElumentaException e) {
        if (worker.stopsFor(e)) {
          return;
        }
        boolean isBusy = BatchWorker.holdsBack(e) || e instanceof JournalException;
        if (!isBusy && ++looks >= MOST_LOOKS) {
          end().leaveOpen(state.call());
          return;
        }
        worker.sleep(e.retryAfter().orElse(PAUSE));
      }
    }
  }

  private boolean isOver(State state) throws InterruptedException {
    Optional<OpenCall> call =
        elumenta.openCalls().stream().filter(it -> it.id().equals(state.call())).findFirst();
    if (call.isEmpty()) {
      unknown();
      return true;
    }
    if (call.get().state() == OpenCall.State.UNDER_WAY) {
      return true; // whoever takes the item after the next lease looks again
    }
    SharedItemJournal journal =
        new SharedItemJournal(elumenta.journal(), worker.items(), item, state.call());
    if (elumenta.journal(journal).lookUp(call.get()) instanceof LookUpResult.Found found) {
      end().finish(found.job(), journal);
      return true;
    }
    if (++looks >= MOST_LOOKS) {
      end().leaveOpen(state.call());
      return true;
    }
    worker.sleep(PAUSE); // rows come late
    return false;
  }

  /** Its call has ended meanwhile, or is in another journal. */
  private void unknown() throws InterruptedException {
    State now = worker.patiently(() -> worker.items().state(item));
    if (now.phase() == Phase.CREATED) {
      end().attach(now);
    } else if (now.phase() == Phase.SENT || now.phase() == Phase.OPEN) {
      end().leaveOpen(now.call());
    }
  }
}
