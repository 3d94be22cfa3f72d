package ru.elumenta.client.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A journal in a file, which tests restart and damage. Opened when first asked for. */
final class JournalOnFile implements AutoCloseable {
  private final Path file;
  private FileCallJournal journal;

  JournalOnFile(Path folder) {
    this.file = folder.resolve("missing/calls.journal");
  }

  Path file() {
    return file;
  }

  FileCallJournal journal() {
    if (journal == null) {
      journal = FileCallJournal.at(file);
    }
    return journal;
  }

  /** Opens it so that it is replaced sooner. */
  void replacedFrom(long bytes) {
    journal = FileCallJournal.at(file, bytes);
  }

  void restart() {
    close();
    journal = FileCallJournal.at(file);
  }

  OpenCall opened() {
    OpenCall call = Calls.image();
    journal().open(call, Calls.PATIENCE);
    return call;
  }

  void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void append(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
