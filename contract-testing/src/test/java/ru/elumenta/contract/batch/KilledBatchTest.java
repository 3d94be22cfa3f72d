package ru.elumenta.contract.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.scenario.RowFaults;

/**
 * A batch is killed again and again, with faults of every kind on the way. {@code
 * -DbatchItems=10000 -DbatchKills=100} for a longer run, {@code -DbatchSeed=…} for another one.
 */
class KilledBatchTest {
  private static final int ITEMS = Integer.getInteger("batchItems", 150);
  private static final int KILLS = Integer.getInteger("batchKills", 4);
  private static final long SEED = Long.getLong("batchSeed", 19);
  private static final int KILLED = 128 + 9;
  private static final int STARTING = 1_000; // milliseconds, more or less
  private static final int WORKING = 20;
  private static final int POISON = 50; // one in so many
  private static final int VIDEO = 25;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void everyItemIsDoneOrFailedOrOpenAndEveryChargeIsAccountedFor() throws Exception {
    Files.write(
        folder.resolve("in.jsonl"), IntStream.rangeClosed(1, ITEMS).mapToObj(this::line).toList());
    SharedTime time = SharedTime.in(folder.resolve("time"));
    try (ElumentaSimulator service =
        ElumentaSimulator.builder()
            .plan(Plan.ELITE)
            .balance(Integer.MAX_VALUE)
            .seed(SEED)
            .time(time)
            .start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        arm(service);
        startAndKill(service);
      }
      arm(service);
      finish(service);
      service.healthy();
      time.sleep(Duration.ofHours(1)); // until all jobs have ended, and late rows are there
      finish(service);
      check(service);
    }
  }

  private String line(int number) {
    if (number % POISON == 0) {
      return "{\"model\":\"gpt-5\",\"prompt\":\"x\",\"params\":{\"temperature\":9}}";
    }
    return BatchFolder.line(number).replace("gpt-5", number % VIDEO == 1 ? "kling-v2.1" : "gpt-5");
  }

  /** About one request in ten goes wrong until the next kill. */
  private void arm(ElumentaSimulator service) {
    service.healthy();
    List<Fault> faults =
        List.of(
            Fault.resetAfterProcessing(),
            Fault.resetBeforeProcessing(),
            Fault.truncatedBody(),
            Fault.brokenJson(),
            Fault.gatewayTimeout(),
            Fault.htmlPage(502),
            Fault.modelUnavailable(),
            Fault.providerError(),
            Fault.rateLimited(Duration.ofMinutes(20)),
            Fault.failedGeneration("Content policy violation"),
            Fault.resetAfterProcessing().and(RowFaults.lateRows(Duration.ofMinutes(10))));
    for (int number = 0; number < Math.max(3, ITEMS / KILLS / 10); number++) {
      service.next().to("createGeneration").fail(faults.get(random.nextInt(faults.size())));
    }
    service.next().to("listHistory").fail(Fault.modelUnavailable());
    service.next().to("getGeneration").fail(Fault.truncatedBody());
  }

  private Process started(ElumentaSimulator service) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                BatchProgram.class.getName(),
                service.baseUrl(),
                service.apiKey(),
                folder.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  /** Among its requests, mostly; every fourth time while it takes up what it was. */
  private void startAndKill(ElumentaSimulator service) throws Exception {
    boolean isEarly = random.nextInt(4) == 0;
    long until =
        service.requests("createGeneration")
            + (isEarly ? 0 : 1 + random.nextInt(Math.max(1, ITEMS / (KILLS + 1))));
    int moment = random.nextInt(isEarly ? STARTING : WORKING);
    Process program = started(service);
    try (BufferedReader printed = program.inputReader()) {
      assertThat(printed.readLine()).as(errors()).isEqualTo(BatchProgram.READY);
      while (program.isAlive() && service.requests("createGeneration") < until) {
        program.waitFor(1, TimeUnit.MILLISECONDS);
      }
      program.waitFor(moment, TimeUnit.MILLISECONDS);
      program.toHandle().destroyForcibly();
      int exit = program.waitFor();
      boolean isDiskSlow = exit == 1 && errors().contains("could not be reached for");
      assertThat(exit == KILLED || exit == 0 || isDiskSlow).as(errors()).isTrue();
    }
  }

  private void finish(ElumentaSimulator service) throws Exception {
    Process last = started(service);
    try (BufferedReader printed = last.inputReader()) {
      printed.lines().forEach(System.out::println);
    }
    assertThat(last.waitFor()).as(errors()).isZero();
  }

  private void check(ElumentaSimulator service) throws IOException {
    BatchFolder out = new BatchFolder(folder.resolve("out"));
    List<Integer> ended =
        Stream.of(out.results(), out.failures(), out.open())
            .flatMap(List::stream)
            .map(line -> line.path("line").asInt())
            .toList();
    assertThat(ended)
        .as("input = results + failures + open")
        .hasSize(ITEMS)
        .doesNotHaveDuplicates();

    Map<String, HistoryItem> rows = new HashMap<>(); // by id
    try (ElumentaClient elumenta = service.client().build()) {
      elumenta.history().stream().forEach(row -> rows.put(row.getId().toString(), row));
    }
    Set<String> known =
        Stream.concat(out.results().stream(), out.failures().stream())
            .map(line -> line.path("generation").asText(""))
            .collect(Collectors.toSet());
    Set<String> openPrompts =
        out.open().stream()
            .map(line -> BatchFolder.prompt(line.path("line").asInt()))
            .collect(Collectors.toSet());
    List<HistoryItem> charged =
        rows.values().stream().filter(row -> row.tokensCharged().orElse(0) > 0).toList();
    List<HistoryItem> onlyOpen =
        charged.stream().filter(row -> !known.contains(row.getId().toString())).toList();
    long tokensOpen = onlyOpen.stream().mapToLong(row -> row.tokensCharged().orElse(0)).sum();
    long inResults = BatchFolder.tokens(out.results(), "tokens");
    long inFailures = BatchFolder.tokens(out.failures(), "charged");
    System.out.printf(
        "%d items, %d kills, seed %d: %d results (%d tokens), %d failures (%d), %d open (%d"
            + " charged, %d tokens); the service charged %d%n",
        ITEMS,
        KILLS,
        SEED,
        out.results().size(),
        inResults,
        out.failures().size(),
        inFailures,
        out.open().size(),
        onlyOpen.size(),
        tokensOpen,
        service.tokensCharged());

    assertThat(onlyOpen).allMatch(row -> openPrompts.contains(row.getPrompt()));
    assertThat(charged).extracting(HistoryItem::getPrompt).doesNotHaveDuplicates();
    assertThat(inResults + inFailures + tokensOpen).isEqualTo(service.tokensCharged());
    assertThat(service.doubleCharges()).isZero();
    assertThat(out.results())
        .filteredOn(line -> line.has("file"))
        .allMatch(line -> Files.exists(out.path().resolve(line.path("file").asText())));
    assertThat(new TreeSet<>(files(out)))
        .isEqualTo(
            out.results().stream()
                .filter(line -> line.has("file"))
                .map(line -> line.path("file").asText().substring("files/".length()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<String> files(BatchFolder out) throws IOException {
    try (Stream<Path> files = Files.list(out.path().resolve("files"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
