package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.PromptFingerprint;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/**
 * A program with a journal is killed again and again, and started again. {@code -Dkills=300} for a
 * longer run, {@code -DkillSeed=…} for another one.
 */
class KilledAtAnyMomentTest {
  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final long SEED = Long.getLong("killSeed", 7);
  private static final int KILLED = 128 + 9;
  private static final int STARTING = 1_000; // milliseconds, more or less
  private static final int WORKING = 40;
  private static final int MOST_PICTURES = 8;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void everyChargeIsKnownOrListedAsOpenAndNoneIsPaidTwice() throws Exception {
    try (ElumentaSimulator service =
        ElumentaSimulator.builder()
            .plan(Plan.ELITE)
            .balance(Integer.MAX_VALUE)
            .time(TimeSource.system())
            .start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        service.healthy();
        if (random.nextInt(3) == 0) { // killed while it looks for a lost answer
          service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
        }
        service.always().to("createGeneration").fail(Fault.delay(Duration.ofMillis(20)));
        startAndKill(service);
      }
      service.healthy();

      Process last = started(service, "last");
      assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).as(errors()).isZero();
      check(service);
    }
  }

  private Process started(ElumentaSimulator service, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PictureProgram.class.getName(),
                service.baseUrl(),
                service.apiKey(),
                folder.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  /** In the midst of its work, mostly; every fourth time while it starts and takes up its calls. */
  private void startAndKill(ElumentaSimulator service) throws Exception {
    boolean isEarly = random.nextInt(4) == 0;
    int pictures = isEarly ? 0 : 1 + random.nextInt(MOST_PICTURES);
    int moment = random.nextInt(isEarly ? STARTING : WORKING);
    Process program = started(service);
    try (BufferedReader printed = program.inputReader()) {
      if (!isEarly) {
        assertThat(printed.readLine()).as(errors()).isEqualTo(PictureProgram.READY);
      }
      for (int picture = 0; picture < pictures; picture++) {
        assertThat(printed.readLine()).as(errors()).isEqualTo(PictureProgram.SENDING);
      }
      assertThat(program.waitFor(moment, TimeUnit.MILLISECONDS)).as(errors()).isFalse();
      assertThat(program.toHandle().destroyForcibly()).isTrue();
      assertThat(program.waitFor()).isEqualTo(KILLED);
    }
  }

  private void check(ElumentaSimulator service) throws IOException {
    List<HistoryItem> rows;
    try (ElumentaClient elumenta = service.client().build()) {
      rows = elumenta.history().stream().toList();
    }
    Map<Integer, String> known;
    try (PictureLedger ledger = PictureLedger.at(folder.resolve("ledger"))) {
      known = ledger.pictures();
    }
    Set<String> open; // by the hash of the prompt
    int listed;
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls"))) {
      listed = journal.openCalls().size();
      open =
          journal.openCalls().stream()
              .map(call -> call.request().prompt().orElseThrow().exact())
              .collect(Collectors.toSet());
    }
    List<HistoryItem> onlyListed =
        rows.stream().filter(row -> !known.containsValue(row.getId().toString())).toList();
    System.out.printf(
        "%d kills, seed %d: %d charges, %d known, %d calls listed as open, of which %d were"
            + " charged%n",
        KILLS, SEED, rows.size(), known.size(), listed, onlyListed.size());

    assertThat(rows).hasSize(service.charges()).hasSizeGreaterThan(KILLS);
    assertThat(rows).extracting(HistoryItem::getPrompt).doesNotHaveDuplicates();
    assertThat(rows)
        .extracting(row -> row.getId().toString())
        .containsAll(known.values())
        .doesNotHaveDuplicates();
    assertThat(onlyListed)
        .allMatch(row -> open.contains(PromptFingerprint.of(row.getPrompt()).exact()));
    assertThat(service.doubleCharges()).isZero();
  }
}
