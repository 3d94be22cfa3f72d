package ru.elumenta.client.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import ru.elumenta.client.journal.JournalRecord.Claimed;
import ru.elumenta.client.journal.JournalRecord.Opened;
import ru.elumenta.client.journal.JournalState.Claim;

/** A journal that ends with its process. Every method holds the lock of this object, briefly. */
final class InMemoryCallJournal implements CallJournal {
  private static final int MOST_LOST = 10_000;
  private static final int MOST_CLAIMS = 10_000;
  private static final long THIS_PROCESS = 0;

  private final JournalState state;
  private final Clock clock = Clock.systemUTC();

  InMemoryCallJournal() {
    this(MOST_LOST, MOST_CLAIMS);
  }

  InMemoryCallJournal(int mostLost, int mostClaims) {
    this.state = new JournalState(mostLost, mostClaims);
  }

  @Override
  public synchronized void open(OpenCall call, Duration patience) {
    state.apply(new Opened(call, THIS_PROCESS));
  }

  @Override
  public synchronized void close(String callId, CallOutcome outcome) {
    state
        .end(Objects.requireNonNull(callId, "callId"), outcome, clock.instant())
        .forEach(state::apply);
  }

  @Override
  public synchronized List<OpenCall> openCalls() {
    return state.openCalls(owner -> true);
  }

  @Override
  public synchronized boolean claim(String generationId, OpenCall call, Duration patience) {
    Claim claim = state.claim(generationId, call);
    if (claim == Claim.FREE) {
      state.apply(new Claimed(generationId, call.id(), clock.instant()));
    }
    return claim != Claim.TAKEN;
  }

  @Override
  public synchronized Map<String, String> claims(Set<String> generationIds) {
    return state.claims(generationIds);
  }

  /** Shows numbers only. */
  @Override
  public synchronized String toString() {
    return "CallJournal[%d open, in memory]".formatted(state.openCount());
  }
}
