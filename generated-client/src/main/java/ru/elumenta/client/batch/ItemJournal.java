package ru.elumenta.client.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;

/**
 * The client's journal, as one item's call sees it: what it is told goes into the state of the
 * batch as well, in such an order that the two never say less together than the truth.
 *
 * <p>Sending: first the state names the call, then the journal has it on the disk, then the state
 * says on the disk that it may have been sent. What is named only was not. Ending: the state has
 * the outcome on the disk before the journal strikes the call off; so a call that the state says
 * was sent, and that the journal does not know, is of another journal, and stays open. A result
 * without an id is struck off only once it is written. Used by one thread.
 */
final class ItemJournal implements CallJournal {
  /** A run that is left interrupts each worker, and a user who does not want to wait once more. */
  private static final int MOST_INTERRUPTS = 2;

  private final CallJournal journal;
  private final BatchState state;
  private final Item item;
  private final long price;
  private @Nullable String callId; // null until it is sent
  private @Nullable CallOutcome held; // what the journal is to be told later
  private boolean isInState; // what is held

  ItemJournal(CallJournal journal, BatchState state, Item item, long price) {
    this.journal = journal;
    this.state = state;
    this.item = item;
    this.price = price;
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    boolean isFirst = callId == null;
    if (isFirst) {
      state.record('A', item.line(), call.id());
    }
    journal.open(call, patience);
    if (isFirst) {
      try {
        state.record('S', item.line(), price, item.inputHash()).force();
        callId = call.id();
      } catch (BatchException e) {
        takeBack(call.id());
        throw e;
      }
    }
  }

  /** Whether the state has it or not, it does not leave. */
  private void takeBack(String id) {
    tell(id, CallOutcome.notExecuted()); // if it cannot, the state still names the call
    try {
      state.record('N', item.line());
    } catch (BatchException e) {
      // Then what it says last is what it said before: named, and not sent.
    }
  }

  @Override
  public void close(String id, CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Unknown) {
      closeAsUnknown(id, outcome);
      return;
    }
    held = outcome; // until both have it
    if (outcome instanceof CallOutcome.Answered answered) {
      Optional<String> generation = answered.generationId();
      if (generation.isEmpty()) {
        return; // the answer is all there is of it
      }
      state.record('C', item.line(), StateRecord.word(generation.get())).force();
    } else {
      state.record('N', item.line()).force();
    }
    isInState = true;
    journal.close(id, outcome);
    held = null;
  }

  /** Also if the state cannot be written: it says that the call was sent, which is enough. */
  private void closeAsUnknown(String id, CallOutcome unknown) {
    try {
      state.record('U', item.line());
    } finally {
      tell(id, unknown);
    }
  }

  /**
   * Before what came of it is written, and the state forgets the call: what the journal could not
   * be told at first it is told now, or by the next run.
   */
  void tellAgain() {
    if (isInState) {
      settle();
    }
  }

  /** What came of it is written: the journal is told, unless it knows. */
  void settle() {
    CallOutcome outcome = held;
    String id = callId;
    if (outcome != null && id != null) {
      tell(id, outcome);
      held = null;
    }
  }

  /**
   * What came of it could not be written, or was an answer without an id and nothing came of that:
   * the call is looked for, as if its answer had been lost. Does nothing if state and journal know.
   */
  void lose(Instant now) {
    CallOutcome outcome = held;
    String id = callId;
    if (outcome == null || id == null) {
      return;
    }
    held = null;
    try {
      if (isInState) {
        tell(id, outcome);
      } else {
        closeAsUnknown(id, CallOutcome.unknown(now));
      }
    } catch (BatchException | JournalException e) {
      // The next run knows that nobody waits for it any more.
    }
  }

  /**
   * An interrupt is for what is waited for, not for what is to be written down: also one that comes
   * while it is, because another worker's item ends the run.
   */
  private void tell(String id, CallOutcome outcome) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      for (int interrupts = 0; ; interrupts++) {
        try {
          journal.close(id, outcome);
          return;
        } catch (JournalException e) {
          if (!Thread.interrupted() || interrupts == MOST_INTERRUPTS) {
            throw e;
          }
          wasInterrupted = true;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public List<OpenCall> openCalls() {
    return journal.openCalls();
  }

  @Override
  public boolean claim(String generationId, OpenCall call, Duration patience) {
    return journal.claim(generationId, call, patience);
  }

  @Override
  public Map<String, String> claims(Set<String> generationIds) {
    return journal.claims(generationIds);
  }
}
