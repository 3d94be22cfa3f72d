package ru.elumenta.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.redis.JournalMemory.End;

/**
 * The heart of a journal: says three times in a lease that this process lives, on a thread of its
 * own, and brings Redis what it should have and does not: ends that could not be written, calls and
 * claims of the last minutes that it has lost. Begins with the first call.
 */
final class JournalBeat implements AutoCloseable {
  private static final int BEATS = 3;

  /** What a Redis that failed over or was started again may have lost, and more. */
  private static final Duration MAY_BE_LOST = Duration.ofMinutes(2);

  private final SharedCalls calls;
  private final JournalMemory memory;
  private final Duration pause;
  private final Duration timeout;
  private @Nullable Thread thread; // guarded by this, as is the next
  private boolean isClosed;

  JournalBeat(SharedCalls calls, JournalMemory memory, FleetOptions options) {
    this.calls = calls;
    this.memory = memory;
    this.pause = options.lease().dividedBy(BEATS);
    this.timeout = options.timeout();
  }

  /** Begins, unless it has. */
  synchronized void start() {
    if (thread == null && !isClosed) {
      thread = new Thread(this::run, "elumenta-journal-beat");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    try {
      while (paused()) {
        try {
          once();
        } catch (RedisFailure | RuntimeException e) {
          // The next beat tries again; whoever opens a call meanwhile learns why it cannot be.
        }
      }
    } catch (InterruptedException e) {
      // It was closed.
    }
  }

  private synchronized boolean paused() throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0 && !isClosed; left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    return !isClosed;
  }

  /** Says it, and brings what is missing. */
  void once() throws RedisFailure {
    for (String missing :
        calls.beat(memory.underWay().stream().map(OpenCall::id).toList(), timeout)) {
      bring(missing);
    }
    bringEnds();
    Map<String, String> answered = memory.answeredSince(System.nanoTime() - MAY_BE_LOST.toNanos());
    Set<String> known = calls.claims(answered.keySet(), timeout).keySet();
    for (Map.Entry<String, String> each : answered.entrySet()) {
      if (!known.contains(each.getKey())) {
        calls.close(
            each.getValue(), CallOutcome.answered(each.getKey()), Optional.empty(), timeout);
      }
    }
  }

  private void bringEnds() throws RedisFailure {
    for (End end : memory.unwritten()) {
      calls.close(end.callId(), end.outcome(), end.known(), timeout);
      memory.written(end);
    }
  }

  /** It may end while it is written: then its end is written once more. */
  private void bring(String callId) throws RedisFailure {
    Optional<OpenCall> call = memory.underWay(callId);
    if (call.isPresent()) {
      calls.open(call.get(), timeout);
      Optional<End> end = memory.end(callId);
      if (end.isPresent()) {
        calls.close(callId, end.get().outcome(), call, timeout);
      }
    }
  }

  /** Brings what is left to bring and says that this process lives no longer. */
  void last() throws RedisFailure {
    if (hasBegun()) {
      bringEnds();
      calls.leave(timeout);
    }
  }

  private synchronized boolean hasBegun() {
    return thread != null;
  }

  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      isClosed = true;
      notifyAll();
      last = thread;
    }
    if (last != null) {
      try {
        last.join(2 * timeout.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
