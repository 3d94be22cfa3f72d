package ru.elumenta.contract.batch;

import java.io.IOException;
import java.nio.file.Path;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.journal.FileCallJournal;

/** A program that runs a batch, and may be killed at any moment. */
final class BatchProgram {
  static final String READY = "ready";

  private BatchProgram() {}

  /** Takes a base URL, a key, and a folder with everything else. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[2]);
    SharedTime time = SharedTime.in(folder.resolve("time"));
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"));
        ElumentaClient elumenta =
            ElumentaClient.builder()
                .baseUrl(args[0])
                .apiKey(args[1])
                .journal(journal)
                .timeSource(time)
                .build()) {
      System.out.println(READY);
      BatchReport report =
          Batch.with(elumenta)
              .input(folder.resolve("in.jsonl"))
              .output(folder.resolve("out"))
              .parallel(4)
              .timeSource(time)
              .run();
      System.out.println(report);
    }
  }
}
