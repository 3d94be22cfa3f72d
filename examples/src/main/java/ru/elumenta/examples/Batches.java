package ru.elumenta.examples;

import java.nio.file.Path;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchPrice;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.model.GenerationRequest;

/** A file of prompts made into a folder of pictures. */
final class Batches {
  private Batches() {}

  static void print(ElumentaClientBuilder builder, String key, Path folder) {
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"));
        ElumentaClient elumenta = builder.apiKey(key).journal(journal).pacing(true).build()) {
      Batch batch =
          Batch.with(elumenta)
              .input(folder.resolve("prompts.csv"))
              .output(folder.resolve("pictures"))
              .template(new GenerationRequest().model("dall-e-3").prompt("{prompt}, at dusk"))
              .parallel(8)
              .budget(500);
      BatchPrice price = batch.dryRun(); // asks for prices, sends nothing else, changes nothing
      BatchReport report = batch.run(); // returns when nothing more is left or can be done
      System.out.println(price.tokens() + " tokens for " + price.items() + " pictures");
      System.out.println(report.end() + ", " + report.tokensSpent() + " tokens spent");
    }
  }
}
