package ru.elumenta.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;

/** A journal for tests that change one thing about another. */
class JournalAround implements CallJournal {
  private final CallJournal journal;

  JournalAround(CallJournal journal) {
    this.journal = journal;
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    journal.open(call, patience);
  }

  @Override
  public void close(String callId, CallOutcome outcome) {
    journal.close(callId, outcome);
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
