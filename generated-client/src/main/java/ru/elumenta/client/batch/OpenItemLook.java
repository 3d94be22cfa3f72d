package ru.elumenta.client.batch;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.batch.LiveItem.Phase;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/** Looks for what became of an item that may have been sent. Used by one thread. */
final class OpenItemLook {
  private static final int MOST_ROUNDS = 4;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BatchWork work;
  private final Item item;

  /** What is to be done with the item. */
  enum Result {
    /** Nothing more. */
    LEFT,
    /** It is sent once more, as the user asked. */
    SEND_AGAIN
  }

  OpenItemLook(BatchWork work, Item item) {
    this.work = work;
    this.item = item;
  }

  Result look(LiveItem live) throws InterruptedException {
    Optional<OpenCall> call = work.lostCall(live.callId());
    if (call.isEmpty()) {
      return keptOpen(
          live,
          "The client's journal does not know its call: give the client the journal that it had"
              + " when this was sent.");
    }
    if (call.get().state() == OpenCall.State.UNDER_WAY) {
      return keptOpen(live, "Its call is still under way.");
    }
    for (int round = 1; !work.stopping.isLeaving(); round++) {
      work.gate.pass(work.stopping);
      try {
        return decided(live, call.get(), lookUp(live, call.get()));
      } catch (ElumentaException e) {
        if (Failures.isRefusedIdentity(e)) {
          work.stopping.leave(BatchEnd.NOT_AUTHENTICATED, e.getMessage());
        } else if (e instanceof CallInterruptedException) {
          work.stopping.leave(BatchEnd.INTERRUPTED, null);
        } else if (!Failures.holdsBack(e, work)) {
          if (!e.isTransient() || round >= MOST_ROUNDS) {
            return keptOpen(live, "It could not be looked for. " + e.getMessage());
          }
          work.options.time.sleep(PAUSE);
        }
      }
    }
    return Result.LEFT;
  }

  private LookUpResult lookUp(LiveItem live, OpenCall call) {
    return work.elumenta
        .journal(new ItemJournal(work.elumenta.journal(), work.state, item, live.price()))
        .lookUp(call);
  }

  private Result decided(LiveItem live, OpenCall call, LookUpResult result)
      throws InterruptedException {
    if (result instanceof LookUpResult.Found found) {
      new ItemEnd(work, item, live.price(), false).finish(found.job(), null);
      return Result.LEFT;
    }
    if (result instanceof LookUpResult.Several several) {
      return keptOpen(live, "It may be one of the generations " + several.ids() + ".");
    }
    if (result instanceof LookUpResult.Unclear unclear) {
      return keptOpen(live, "It cannot be told whether it ran. " + unclear.because());
    }
    return sentAgainOrOpen(live, call);
  }

  /** Not shown. It is sent again if the user has asked for that, and is listed as open else. */
  private Result sentAgainOrOpen(LiveItem live, OpenCall call) {
    if (!work.options.isResendingOpen || !work.stopping.maySend()) {
      return keptOpen(
          live, "The history does not show it so far, which does not prove that it did not run.");
    }
    work.state.record('X', item.line()).force();
    work.elumenta.dismiss(call);
    work.open.remove(item.line());
    return Result.SEND_AGAIN;
  }

  private Result keptOpen(LiveItem live, String why) {
    if (live.phase() != Phase.OPEN) {
      work.state.record('U', item.line());
    }
    work.open.put(item.line(), new BatchWork.OpenItem(item, why));
    return Result.LEFT;
  }
}
