package ru.elumenta.client.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.batch.LiveItem.Phase;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientTokensException;

/**
 * One item that was not begun before, from its price to its request; {@link ItemEnd} has the rest.
 * Used by one thread.
 */
final class ItemRun {
  private static final int MOST_ROUNDS = 6;
  private static final int MOST_SHORTFALLS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final BatchWork work;
  private final Item item;
  private long price = -1;
  private boolean isReserved;

  ItemRun(BatchWork work, Item item) {
    this.work = work;
    this.item = item;
  }

  /** Runs it to its end, or to where it has to be left. */
  void run() throws InterruptedException {
    Optional<LiveItem> live = work.state.live(item.line());
    if (live.isEmpty()) {
      begin();
    } else if (live.get().phase() == Phase.CREATED) {
      new ItemEnd(work, item, live.get().price(), false).attach(live.get());
    } else if (new OpenItemLook(work, item).look(live.get()) == OpenItemLook.Result.SEND_AGAIN) {
      begin();
    }
  }

  private void begin() throws InterruptedException {
    if (!work.stopping.maySend()) {
      return;
    }
    if (item.request() == null) {
      work.fail(
          item,
          ItemFailure.free(
              "invalid_input",
              "Line %d %s.".formatted(item.line(), item.problem().orElse("is no request"))),
          0);
    } else if (isPriced() && isAffordable()) {
      send();
    }
  }

  /** Returns whether it has a price that is allowed, or needs none. */
  private boolean isPriced() throws InterruptedException {
    if (!work.options.isPriced()) {
      return true;
    }
    Rounds rounds = new Rounds();
    OptionalLong asked = null;
    while (asked == null) {
      work.gate.pass(work.stopping);
      if (!work.stopping.maySend()) {
        return false;
      }
      try {
        asked = work.prices.of(item.request(), item.priceKey());
        work.gate.reached();
      } catch (ElumentaException e) { // asking costs nothing, whatever became of it
        if (rounds.isOver(e) && !isStopped(e)) {
          work.fail(item, ItemFailure.free("no_price", e.getMessage()), 0);
          return false;
        }
      }
    }
    if (asked.isEmpty()) {
      work.fail(item, ItemFailure.free("no_price", "The service tells no price for it."), 0);
      return false;
    }
    price = asked.getAsLong();
    if (work.options.maxCost != null && price > work.options.maxCost) {
      work.fail(
          item,
          ItemFailure.free(
              "too_expensive",
              "It may cost %d tokens, and %d are allowed.".formatted(price, work.options.maxCost)),
          0);
      return false;
    }
    return true;
  }

  private boolean isAffordable() throws InterruptedException {
    isReserved = work.purse.reserve(Math.max(0, price));
    if (!isReserved) {
      work.stopping.sendNothing(
          BatchEnd.BUDGET_REACHED,
          "Line %d may cost %d tokens, which the budget of %d has no room for."
              .formatted(item.line(), price, work.options.budget));
    }
    return isReserved;
  }

  private void send() throws InterruptedException {
    Rounds rounds = new Rounds();
    try {
      while (true) {
        work.gate.pass(work.stopping);
        if (!work.stopping.beginSending()) {
          return;
        }
        ItemJournal journal = new ItemJournal(work.elumenta.journal(), work.state, item, price);
        GenerationJob job;
        try {
          job = work.elumenta.journal(journal).submit(item.request());
        } catch (ElumentaException e) {
          work.stopping.endSending();
          if (isOverAfter(e, journal, rounds)) {
            return;
          }
          continue;
        } catch (IllegalArgumentException e) { // it cannot be written as JSON
          work.stopping.endSending();
          work.fail(item, ItemFailure.free("invalid_input", e.getMessage()), 0);
          return;
        }
        work.stopping.endSending();
        work.gate.reached();
        work.shortfalls.set(0);
        handedOver().finish(job, journal);
        return;
      }
    } finally {
      if (isReserved) {
        work.purse.settle(Math.max(0, price), 0);
      }
    }
  }

  private ItemEnd handedOver() {
    isReserved = false;
    return new ItemEnd(work, item, price, true);
  }

  /** Returns whether the item is not to be sent once more. */
  private boolean isOverAfter(ElumentaException e, ItemJournal journal, Rounds rounds)
      throws InterruptedException {
    journal.lose(work.options.time.now());
    Optional<LiveItem> live = work.state.live(item.line());
    if (live.isPresent() && live.get().phase() == Phase.CREATED) { // found, but not to be read
      handedOver().attach(live.get());
      return true;
    }
    if (live.isPresent() && live.get().mayBePaid()) {
      handedOver().keepOpen(e.getMessage());
      if (e.getCause() instanceof CallInterruptedException
          || e instanceof CallInterruptedException) {
        work.stopping.leave(BatchEnd.INTERRUPTED, null);
      }
      return true;
    }
    if (e.execution() != Execution.NOT_EXECUTED) {
      handedOver().fail(ItemFailure.of(e, e.context().generationId()));
      return true;
    }
    if (isStopped(e)) {
      return true;
    }
    if (rounds.isOver(e)) {
      work.fail(item, ItemFailure.of(e, Optional.empty()), 0);
      return true;
    }
    return false;
  }

  /** Returns whether it is not for this item to fail, but for the whole run to end. */
  private boolean isStopped(ElumentaException e) {
    if (e instanceof InsufficientTokensException lack) {
      boolean isEmpty = lack.available().orElse(0) <= 0;
      if (isEmpty || work.shortfalls.incrementAndGet() >= MOST_SHORTFALLS) {
        work.stopping.sendNothing(BatchEnd.INSUFFICIENT_TOKENS, e.getMessage());
      }
      work.lack = e.getMessage();
      return true; // a cheaper one may fit
    }
    if (Failures.isRefusedIdentity(e)) {
      work.stopping.leave(BatchEnd.NOT_AUTHENTICATED, e.getMessage());
      return true;
    }
    if (e instanceof CallInterruptedException) {
      work.stopping.leave(BatchEnd.INTERRUPTED, null);
      return true;
    }
    if (e instanceof JournalException || e instanceof BatchException) {
      work.stopping.fail(e);
      return true;
    }
    return !work.stopping.maySend();
  }

  /** How often an item is tried in turn, each time with all the retries of the client. */
  private final class Rounds {
    private int made;

    /** Waits as the failure asks; returns whether it was the last round. */
    boolean isOver(ElumentaException e) throws InterruptedException {
      if (e instanceof InsufficientTokensException || e instanceof MaxCostExceededException) {
        return true;
      }
      if (Failures.holdsBack(e, work)) {
        return false;
      }
      boolean mayPass = e.isTransient() || e instanceof CircuitOpenException;
      if (!mayPass || ++made >= MOST_ROUNDS) {
        return true;
      }
      Duration pause = FIRST_PAUSE.multipliedBy(1L << made);
      Duration told = e.retryAfter().orElse(Duration.ZERO);
      work.options.time.sleep(told.compareTo(pause) > 0 ? told : pause);
      return false;
    }
  }
}
