package ru.elumenta.redis;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.redis.SharedItems.Marked;
import ru.elumenta.redis.SharedItems.Step;
import ru.elumenta.redis.TakenItem.Phase;
import ru.elumenta.redis.TakenItem.State;

/**
 * One item that was taken, from where it is, to its request; {@link BatchItemLook} has what may
 * have been sent before, {@link BatchItemEnd} the rest. Used by one thread.
 */
final class BatchItemWork {
  private static final int MOST_ROUNDS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration ROOM_PAUSE = Duration.ofSeconds(1);

  private final BatchWorker worker;
  private final SharedItems items;
  private final ElumentaCalls elumenta;
  private final TakenItem item;
  private long price;
  private int rounds;

  BatchItemWork(BatchWorker worker, TakenItem item) {
    this.worker = worker;
    this.items = worker.items();
    this.elumenta = worker.elumenta();
    this.item = item;
    this.price = item.state().price();
  }

  void run() throws InterruptedException {
    State state = item.state();
    switch (state.phase()) {
      case NEW, RESERVED -> begin();
      case ABOUT -> {
        if (forgetWhatWasNeverSent(state)) {
          begin();
        }
      }
      case SENT, OPEN -> new BatchItemLook(worker, item).look(state);
      case CREATED -> end().attach(state);
    }
  }

  private BatchItemEnd end() {
    return new BatchItemEnd(worker, item, price);
  }

  private boolean forgetWhatWasNeverSent(State state) throws InterruptedException {
    return worker.patiently(
            () -> {
              elumenta.journal().close(state.call(), CallOutcome.notExecuted());
              return items.mark(item, Step.NOT_EXECUTED, state.call(), worker.timeout());
            })
        == Marked.DONE;
  }

  private void begin() throws InterruptedException {
    if (worker.isPriced()) {
      OptionalLong asked = priced();
      if (asked == null) {
        return;
      }
      if (asked.isEmpty()) {
        end().refuse("no_price", "The service tells no price for it.");
        return;
      }
      price = asked.getAsLong();
      if (!hasRoom()) {
        return;
      }
    }
    send();
  }

  /** Returns null if the item has ended, or is left. */
  private @Nullable OptionalLong priced() throws InterruptedException {
    while (!worker.isStopping()) {
      try {
        GenerationRequest request = item.item().request();
        return worker.prices().of(request, BatchText.priceKey(request));
      } catch (ElumentaException e) { // asking costs nothing, whatever became of it
        if (isOver(e)) {
          return null;
        }
      }
    }
    return null;
  }

  private boolean hasRoom() throws InterruptedException {
    while (!worker.isStopping()) {
      Marked room = worker.patiently(() -> items.reserve(item, price));
      if (room == Marked.NO_ROOM) {
        worker.stop(
            BatchEnd.BUDGET_REACHED,
            "Item %s may cost %d tokens, which the budget has no room for."
                .formatted(item.item().id(), price));
      }
      if (room != Marked.WAIT) {
        return room == Marked.DONE;
      }
      worker.sleep(ROOM_PAUSE); // items under way may turn out cheaper
    }
    return false;
  }

  private void send() throws InterruptedException {
    while (!worker.isStopping()) {
      SharedItemJournal journal = new SharedItemJournal(elumenta.journal(), items, item, "");
      try {
        GenerationJob job = elumenta.journal(journal).submit(item.item().request());
        end().finish(job, journal);
        return;
      } catch (ElumentaException e) {
        if (isOverAfterSending(e, journal)) {
          return;
        }
      } catch (IllegalArgumentException e) { // it cannot be written as JSON
        end().refuse("invalid_input", e.getMessage());
        return;
      }
    }
  }

  /** Returns whether the item is not to be sent once more. */
  private boolean isOverAfterSending(ElumentaException e, SharedItemJournal journal)
      throws InterruptedException {
    worker.patiently(
        () -> {
          journal.takeBack();
          journal.lose(worker.time().now());
          return true;
        });
    State state = worker.patiently(() -> items.state(item));
    if (state.phase() == Phase.CREATED && !(e instanceof GenerationFailedException)) {
      end().attach(state); // found, but not to be read
      return true;
    }
    boolean isOurs = !journal.callId().isEmpty() && state.call().equals(journal.callId());
    if (isOurs && (state.phase() == Phase.SENT || state.phase() == Phase.OPEN)) {
      if (!worker.stopsFor(e)) { // else it is taken over and looked for
        end().leaveOpen(state.call());
      }
      return true;
    }
    if (e.execution() != Execution.NOT_EXECUTED) {
      end().fail(e, state.call());
      return true;
    }
    return isOver(e);
  }

  /** Returns whether nothing more is to be done for it; else it has waited as it should. */
  private boolean isOver(ElumentaException e) throws InterruptedException {
    if (worker.stopsFor(e)) {
      return true;
    }
    if (e instanceof InsufficientTokensException) {
      worker.stop(BatchEnd.INSUFFICIENT_TOKENS, e.getMessage());
      return true;
    }
    if (e instanceof JournalException) {
      worker.sleep(ROOM_PAUSE); // Redis is away, or the item is another's
      return !worker.has(item) || worker.isStopping();
    }
    if (BatchWorker.holdsBack(e)) {
      worker.sleepAsTold(e);
      return false;
    }
    boolean mayPass = e.isTransient() || e instanceof CircuitOpenException;
    if (!mayPass || ++rounds >= MOST_ROUNDS) {
      end().fail(e, "");
      return true;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << rounds);
    Duration told = e.retryAfter().orElse(Duration.ZERO);
    worker.sleep(told.compareTo(pause) > 0 ? told : pause);
    return false;
  }
}
