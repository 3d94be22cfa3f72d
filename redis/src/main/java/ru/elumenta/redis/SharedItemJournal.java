package ru.elumenta.redis;

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
import ru.elumenta.error.Execution;
import ru.elumenta.redis.SharedItems.Marked;
import ru.elumenta.redis.SharedItems.Step;

/**
 * The client's journal, as one item's call sees it: what it is told is said of the item as well, in
 * such an order that the two never say less together than the truth.
 *
 * <p>Sending: first the item names the call, then the journal has it, then the item says that it
 * may have been sent, which it can say only while it is this worker's. What is named only was not
 * sent. Ending: the item has the outcome before the journal strikes the call off. A result without
 * an id is struck off only once it is written. Used by one thread.
 */
final class SharedItemJournal implements CallJournal {
  private final CallJournal journal;
  private final SharedItems items;
  private final TakenItem item;
  private String callId; // empty until it is sent
  private String named = ""; // perhaps, as about to be sent; empty if it is not
  private @Nullable CallOutcome held; // what the journal is to be told later

  SharedItemJournal(CallJournal journal, SharedItems items, TakenItem item, String callId) {
    this.journal = journal;
    this.items = items;
    this.item = item;
    this.callId = callId;
  }

  /** Returns the id of the call; empty if it was not sent. */
  String callId() {
    return callId;
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    if (callId.equals(call.id())) {
      journal.open(call, patience); // once more
      return;
    }
    named = call.id();
    mark(Step.ABOUT, call.id(), patience, Execution.NOT_EXECUTED);
    journal.open(call, patience);
    try {
      mark(Step.SENT, call.id(), patience, Execution.NOT_EXECUTED);
      callId = call.id();
    } catch (JournalException e) {
      journal.close(call.id(), CallOutcome.notExecuted());
      throw e;
    }
  }

  private void mark(Step step, String call, Duration patience, Execution execution) {
    try {
      if (items.mark(item, step, call, patience) != Marked.DONE
          && execution == Execution.NOT_EXECUTED) {
        throw new JournalException(
            "The item " + item.item().id() + " was taken over by another worker.",
            "Nothing: that one sees to it.",
            execution,
            null);
      }
    } catch (RedisFailure e) {
      throw failed(execution, e);
    }
  }

  private JournalException failed(Execution execution, RedisFailure e) {
    return new JournalException(
        "The state of item %s cannot be written: %s".formatted(item.item().id(), e.sentence()),
        e.advice(),
        execution,
        e.getCause());
  }

  @Override
  public void close(String id, CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Answered answered) {
      held = outcome; // also if the item's state cannot be written
      Optional<String> generation = answered.generationId();
      if (generation.isEmpty()) {
        return; // the answer is all there is of it
      }
      try {
        items.created(item, id, generation.get());
      } catch (RedisFailure e) {
        throw failed(Execution.EXECUTED, e);
      }
      held = null;
    } else if (outcome instanceof CallOutcome.NotExecuted) {
      mark(Step.NOT_EXECUTED, id, patience(), Execution.UNKNOWN);
      callId = "";
    } else {
      mark(Step.OPEN, id, patience(), Execution.UNKNOWN);
    }
    journal.close(id, outcome);
  }

  private static Duration patience() {
    return Duration.ofDays(1); // the time-out of the options is shorter
  }

  /** If it was not sent because that could not be written down, that is not left half written. */
  void takeBack() throws RedisFailure {
    if (!named.isEmpty() && callId.isEmpty()) {
      items.mark(item, Step.NOT_EXECUTED, named, patience());
      named = "";
    }
  }

  /** What came of it is written. */
  void settle() {
    CallOutcome outcome = held;
    if (outcome != null) {
      held = null;
      journal.close(callId, outcome);
    }
  }

  /** Nothing came of an answer without an id: it is looked for, as if it had been lost. */
  void lose(Instant now) {
    if (held != null) {
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
