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
  private final CallJournal journal;
  private final BatchState state;
  private final Item item;
  private final long price;
  private @Nullable String callId; // null until it is sent
  private @Nullable CallOutcome held; // what the journal is to be told later

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
        journal.close(call.id(), CallOutcome.notExecuted());
        throw e;
      }
    }
  }

  @Override
  public void close(String id, CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Answered answered) {
      held = outcome; // also if the state cannot be written
      Optional<String> generation = answered.generationId();
      if (generation.isEmpty()) {
        return; // the answer is all there is of it
      }
      state.record('C', item.line(), StateRecord.word(generation.get())).force();
      held = null;
    } else if (outcome instanceof CallOutcome.NotExecuted) {
      state.record('N', item.line()).force();
    } else {
      state.record('U', item.line());
    }
    journal.close(id, outcome);
  }

  /** What came of it is written. */
  void settle() {
    CallOutcome outcome = held;
    if (outcome != null && callId != null) {
      held = null;
      journal.close(callId, outcome);
    }
  }

  /** Nothing came of an answer without an id: it is looked for, as if it had been lost. */
  void lose(Instant now) {
    if (held != null && callId != null) {
      held = null;
      close(callId, CallOutcome.unknown(now));
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
