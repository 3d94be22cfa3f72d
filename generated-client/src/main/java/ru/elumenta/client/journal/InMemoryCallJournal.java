package ru.elumenta.client.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import ru.elumenta.client.journal.JournalRecord.Claimed;
import ru.elumenta.client.journal.JournalRecord.Opened;
import ru.elumenta.client.journal.JournalState.Claim;

/**
 * A journal that ends with its process. Who begins or ends a call never waits for another: what is
 * to be recorded is put in line, and whoever finds the state free, or has to look at it, records
 * what stands there first.
 */
final class InMemoryCallJournal implements CallJournal {
  private static final int MOST_LOST = 10_000;
  private static final int MOST_CLAIMS = 10_000;
  private static final long THIS_PROCESS = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final JournalState state; // guarded by the lock
  private final Queue<List<JournalRecord>> unrecorded = new ConcurrentLinkedQueue<>();
  private final Clock clock = Clock.systemUTC();

  InMemoryCallJournal() {
    this(MOST_LOST, MOST_CLAIMS);
  }

  InMemoryCallJournal(int mostLost, int mostClaims) {
    this.state = new JournalState(mostLost, mostClaims);
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    Objects.requireNonNull(call, "call"); // another thread may be the one that records it
    record(List.of(new Opened(call, THIS_PROCESS)));
  }

  @Override
  public void close(String callId, CallOutcome outcome) {
    Objects.requireNonNull(callId, "callId");
    Instant now = clock.instant();
    if (outcome instanceof CallOutcome.Unknown) {
      locked(
          () -> {
            state.end(callId, outcome, now).forEach(state::apply);
            return null;
          });
    } else {
      record(JournalState.settled(callId, outcome, now));
    }
  }

  @Override
  public List<OpenCall> openCalls() {
    return locked(() -> state.openCalls(owner -> true));
  }

  @Override
  public boolean claim(String generationId, OpenCall call, Duration patience) {
    return locked(
        () -> {
          Claim claim = state.claim(generationId, call);
          if (claim == Claim.FREE) {
            state.apply(new Claimed(generationId, call.id(), clock.instant()));
          }
          return claim != Claim.TAKEN;
        });
  }

  @Override
  public Map<String, String> claims(Set<String> generationIds) {
    return locked(() -> state.claims(generationIds));
  }

  /** Shows numbers only. */
  @Override
  public String toString() {
    return "CallJournal[%d open, in memory]".formatted(locked(state::openCount));
  }

  /** Records of one call come in the order in which it asks; those that belong together stay so. */
  private void record(List<JournalRecord> records) {
    unrecorded.add(records);
    if (lock.tryLock()) {
      try {
        catchUp();
      } finally {
        lock.unlock();
      }
    }
  }

  private <T> T locked(Supplier<T> look) {
    lock.lock();
    try {
      catchUp();
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  private void catchUp() {
    for (List<JournalRecord> next = unrecorded.poll(); next != null; next = unrecorded.poll()) {
      next.forEach(state::apply);
    }
  }
}
