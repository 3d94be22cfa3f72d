package ru.elumenta.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.error.Execution;
import ru.elumenta.redis.FleetOptions.WithoutJournal;
import ru.elumenta.redis.JournalMemory.End;
import ru.elumenta.redis.RedisFailure.Kind;

/**
 * A journal for all machines of a fleet. It is what {@link
 * ru.elumenta.client.journal.FileCallJournal} is for those of one machine: no prompt is in it, but
 * hashes.
 *
 * <p>A process says three times in a {@linkplain FleetOptions#lease() lease} that it lives. One
 * that is not heard of for as long is dead to the others: its calls are {@code ABANDONED}, and
 * {@link #takeOver} gives each to one of those that live. Times are translated: a call shows when
 * it was sent by the clock of the machine that asks.
 *
 * <p>A call that cannot be written down is not sent ({@code NOT_EXECUTED}), unless {@link
 * WithoutJournal#SEND_UNRECORDED} was chosen. Every method ends within the patience that it is
 * given and the {@linkplain FleetOptions#timeout() time-out} of the options. What a Redis loses of
 * its last second, when it fails over or is killed, this process brings again as long as it lives;
 * {@link Durability} asks for more.
 *
 * <p>Open calls are kept for {@link FleetOptions#keepCalls()}, claims for as long as an open call
 * could contest them, and 1,000,000 at the most.
 *
 * <p>Thread-safe. Closing it, once the clients that use it are closed, leaves what is open listed
 * as abandoned, and closes the connection that it opened; one of a {@link Fleet} is closed by that.
 */
public final class RedisCallJournal implements CallJournal, AutoCloseable {
  private final FleetConnection connection;
  private final boolean isOwner;
  private final FleetOptions options;
  private final SharedCalls calls;
  private final JournalMemory memory = new JournalMemory();
  private final JournalBeat beat;

  RedisCallJournal(FleetConnection connection, boolean isOwner) {
    this(connection, isOwner, Clock.systemUTC(), SharedCalls.MOST_CLAIMS);
  }

  RedisCallJournal(FleetConnection connection, boolean isOwner, Clock clock, int mostClaims) {
    this.connection = connection;
    this.isOwner = isOwner;
    this.options = connection.options();
    this.calls = new SharedCalls(connection, clock, mostClaims);
    this.beat = new JournalBeat(calls, memory, options);
  }

  /** Creates a journal with a connection of its own; connects to nothing yet. */
  public static RedisCallJournal of(FleetOptions options) {
    return new RedisCallJournal(
        new FleetConnection(Objects.requireNonNull(options, "options")), true);
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    memory.opened(Objects.requireNonNull(call, "call"));
    beat.start();
    try {
      calls.open(call, patience);
    } catch (RedisFailure e) {
      boolean isEnd = e.kind() == Kind.CLOSED || e.kind() == Kind.INTERRUPTED;
      if (options.withoutJournal() == WithoutJournal.SEND_UNRECORDED && !isEnd) {
        return; // the heart brings it as soon as it can
      }
      if (call.attempts() == 1) {
        forget(call, e); // it may have been written, and is not going to be sent
      }
      throw failed("cannot be written", Execution.NOT_EXECUTED, e);
    }
  }

  private void forget(OpenCall call, RedisFailure failure) {
    End end = memory.ended(call.id(), CallOutcome.notExecuted());
    if (failure.mayHaveRun()) {
      calls.startToClose(call.id(), end.outcome(), end.known());
    } else {
      memory.written(end);
    }
  }

  @Override
  public void close(String callId, CallOutcome outcome) {
    Objects.requireNonNull(callId, "callId");
    End end = memory.ended(callId, Objects.requireNonNull(outcome, "outcome"));
    Execution execution =
        outcome instanceof CallOutcome.Answered ? Execution.EXECUTED : Execution.UNKNOWN;
    if (Thread.currentThread().isInterrupted()) { // which ends waits, not what is to be written
      calls.startToClose(callId, outcome, end.known());
      throw failed(
          "was written to and not waited for",
          execution,
          RedisFailure.of(Kind.INTERRUPTED, true, options.place()));
    }
    try {
      calls.close(callId, outcome, end.known(), FleetConnection.UNHURRIED);
      memory.written(end);
    } catch (RedisFailure e) { // the heart tries again
      throw failed("cannot be written", execution, e);
    }
  }

  @Override
  public List<OpenCall> openCalls() {
    try {
      return calls.list(FleetConnection.UNHURRIED);
    } catch (RedisFailure e) {
      throw failed("cannot be read", Execution.NOT_EXECUTED, e);
    }
  }

  /**
   * Takes over calls whose processes are dead, the oldest first: each belongs to this process from
   * then on, as long as it lives, and is given to no other. Those that it has taken before and that
   * are still open are among them. Look each up, for example every minute:
   *
   * <pre>{@code
   * for (OpenCall call : journal.takeOver(100)) {
   *   if (elumenta.lookUp(call) instanceof LookUpResult.Found found) { … }
   * }
   * }</pre>
   *
   * @param most how many at the most
   * @throws JournalException if they cannot be read
   */
  public List<OpenCall> takeOver(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("Take over at least one call, not " + most + ".");
    }
    beat.start(); // who does not live can keep none
    try {
      calls.beat(List.of(), FleetConnection.UNHURRIED);
      return calls.take(most, FleetConnection.UNHURRIED);
    } catch (RedisFailure e) {
      throw failed("cannot be read", Execution.NOT_EXECUTED, e);
    }
  }

  @Override
  public boolean claim(String generationId, OpenCall call, Duration patience) {
    Objects.requireNonNull(generationId, "generationId");
    try {
      return calls.claim(generationId, Objects.requireNonNull(call, "call"), patience);
    } catch (RedisFailure e) {
      throw failed("cannot be written", Execution.UNKNOWN, e);
    }
  }

  @Override
  public Map<String, String> claims(Set<String> generationIds) {
    try {
      return calls.claims(Set.copyOf(generationIds), FleetConnection.UNHURRIED);
    } catch (RedisFailure e) {
      throw failed("cannot be read", Execution.NOT_EXECUTED, e);
    }
  }

  private JournalException failed(String problem, Execution execution, RedisFailure failure) {
    return new JournalException(
        "The call journal %s %s: %s".formatted(options.key("calls"), problem, failure.sentence()),
        failure.advice(),
        execution,
        failure.getCause());
  }

  @Override
  public void close() {
    beat.close();
    try {
      beat.last();
    } catch (RedisFailure e) {
      // Others find out when the lease has ended.
    }
    if (isOwner) {
      connection.close();
    }
  }

  /** Shows where and a number, no prompt and no hash. */
  @Override
  public String toString() {
    return "CallJournal[Redis %s, %s, %d of this process open]"
        .formatted(options.place(), options.key("calls"), memory.size());
  }
}
