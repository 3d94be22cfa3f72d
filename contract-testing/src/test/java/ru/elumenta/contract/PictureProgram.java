package ru.elumenta.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.PromptFingerprint;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;

/**
 * A program that makes pictures 0, 1, 2 and so on, each once, and may be killed at any moment. What
 * it has it writes into a ledger; what it lost it finds by its journal when it is started again.
 */
final class PictureProgram {
  static final String PROMPT = "Picture ";
  static final String READY = "ready";
  static final String SENDING = "sending";

  private static final int THREADS = 2;
  private static final int NEWEST = 200;
  private static final int WITHOUT_END = 1_000_000;

  private final ElumentaClient elumenta;
  private final FileCallJournal journal;
  private final PictureLedger ledger;

  private PictureProgram(ElumentaClient elumenta, FileCallJournal journal, PictureLedger ledger) {
    this.elumenta = elumenta;
    this.journal = journal;
    this.ledger = ledger;
  }

  /** Takes a base URL, a key, a folder, and "last" to take up what is open and end. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[2]);
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls"));
        PictureLedger ledger = PictureLedger.at(folder.resolve("ledger"));
        ElumentaClient elumenta =
            ElumentaClient.builder().baseUrl(args[0]).apiKey(args[1]).journal(journal).build()) {
      PictureProgram program = new PictureProgram(elumenta, journal, ledger);
      program.takeUpOpenCalls();
      program.takeUpWhatWasNotWrittenDown();
      System.out.println(READY);
      if (args.length == 3) {
        program.makePictures();
      }
    }
  }

  private void takeUpOpenCalls() throws IOException {
    for (OpenCall call : elumenta.openCalls()) {
      if (elumenta.lookUp(call) instanceof LookUpResult.Found found) {
        ledger.write(numberOf(call), found.job().await().getId().toString());
      }
    }
  }

  /** The journal has no prompts, but knows one when it sees it. */
  private static int numberOf(OpenCall call) {
    String hash = call.request().prompt().orElseThrow().exact();
    return IntStream.range(0, WITHOUT_END)
        .filter(number -> PromptFingerprint.of(PROMPT + number).exact().equals(hash))
        .findFirst()
        .orElseThrow();
  }

  /** Killed between the end of a call and its line: the journal knows that it is ours. */
  private void takeUpWhatWasNotWrittenDown() throws IOException {
    Map<String, HistoryItem> rows =
        elumenta.history().stream()
            .limit(NEWEST)
            .collect(Collectors.toMap(row -> row.getId().toString(), Function.identity()));
    for (String id : journal.claims(rows.keySet()).keySet()) {
      ledger.write(numberOf(rows.get(id).getPrompt()), id);
    }
  }

  private static int numberOf(String prompt) {
    return Integer.parseInt(prompt.substring(PROMPT.length()));
  }

  private void makePictures() throws InterruptedException {
    Set<String> open =
        elumenta.openCalls().stream()
            .flatMap(call -> call.request().prompt().stream())
            .map(PromptFingerprint::exact)
            .collect(Collectors.toSet());
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(first -> new Thread(() -> makePictures(first, open)))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void makePictures(int first, Set<String> open) {
    try {
      for (int number = first; number < WITHOUT_END; number += THREADS) {
        String prompt = PROMPT + number;
        if (ledger.has(number) || open.contains(PromptFingerprint.of(prompt).exact())) {
          continue; // it is made, or may have been
        }
        System.out.println(SENDING);
        try {
          Generation made =
              elumenta.generate(new GenerationRequest().model("dall-e-3").prompt(prompt));
          ledger.write(number, made.getId().toString());
        } catch (OutcomeUnknownException e) {
          // It stays open.
        }
      }
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }
}
