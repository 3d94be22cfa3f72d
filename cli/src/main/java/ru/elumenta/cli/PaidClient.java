package ru.elumenta.cli;

import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.journal.FileCallJournal;

/** A client and the journal of its paid calls; closes both. */
record PaidClient(ElumentaClient elumenta, FileCallJournal journal) implements AutoCloseable {
  @Override
  public void close() {
    elumenta.close();
    journal.close();
  }
}
