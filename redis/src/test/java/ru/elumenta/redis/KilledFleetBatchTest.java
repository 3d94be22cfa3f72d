package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.redis.BatchOutcome.Status;

/**
 * Workers of a batch are killed again and again, while answers get lost. {@code -DfleetItems=10000
 * -DfleetWorkers=8 -DfleetKills=20} for a longer run, {@code -DfleetSeed=…} for another one.
 */
class KilledFleetBatchTest {
  private static final int ITEMS = Integer.getInteger("fleetItems", 120);
  private static final int WORKERS = Integer.getInteger("fleetWorkers", 2);
  private static final int KILLS = Integer.getInteger("fleetKills", 1);
  private static final long SEED = Long.getLong("fleetSeed", 20);
  private static final int POISON = 50; // one in so many
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  private Process started(ElumentaSimulator service, RealRedis redis) throws Exception {
    return JavaProcess.start(
        FleetBatchProgram.class,
        folder.resolve("errors"),
        service.baseUrl(),
        service.apiKey(),
        redis.address(),
        4);
  }

  private static BatchItem item(int number) {
    GenerationRequest request = new GenerationRequest().model("gpt-5").prompt("Number " + number);
    if (number % POISON == 0) {
      request.putParamsItem("temperature", 9);
    }
    return new BatchItem("item-" + number, request);
  }

  @Test
  void everyItemIsDoneOrFailedOrOpenAndEveryChargeIsAccountedFor() throws Exception {
    try (RealRedis redis = RealRedis.start("--appendonly", "no");
        ElumentaSimulator service =
            ElumentaSimulator.builder()
                .plan(Plan.ELITE)
                .balance(Integer.MAX_VALUE)
                .seed(SEED)
                .time(TimeSource.system())
                .start();
        Fleet fleet = Fleet.of(RedisBatchTest.options(redis.address()).build());
        ElumentaClient elumenta =
            fleet
                .applyTo(
                    ElumentaClient.builder().baseUrl(service.baseUrl()).apiKey(service.apiKey()))
                .build()) {
      RedisBatch batch = fleet.batch("killed");
      batch.add(IntStream.rangeClosed(1, ITEMS).mapToObj(KilledFleetBatchTest::item).toList());
      List<Process> workers = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        workers.add(started(service, redis));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        for (int lost = 0; lost < 2; lost++) {
          service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
        }
        awaitCreated(service, (long) ITEMS * kill / (KILLS + 1));
        Process victim = workers.remove(random.nextInt(workers.size()));
        victim.toHandle().destroyForcibly();
        assertThat(victim.waitFor()).as(errors()).isIn(KILLED, 0);
        workers.add(started(service, redis));
      }
      for (Process worker : workers) {
        assertThat(worker.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(worker.exitValue()).as(errors()).isZero();
      }
      batch.lookAgain();
      BatchReport report = batch.run(elumenta, 4);
      check(service, elumenta, batch, report);
    }
  }

  private String errors() throws Exception {
    return Files.readString(folder.resolve("errors"));
  }

  private static void awaitCreated(ElumentaSimulator service, long number) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(15).toNanos();
    while (service.requests("createGeneration") < number) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static int number(String prompt) {
    return Integer.parseInt(prompt.substring("Number ".length()));
  }

  private static void check(
      ElumentaSimulator service, ElumentaClient elumenta, RedisBatch batch, BatchReport report) {
    List<BatchOutcome> outcomes = new ArrayList<>();
    batch.outcomes(outcomes::add);
    assertThat(outcomes).extracting(BatchOutcome::id).doesNotHaveDuplicates().hasSize(ITEMS);
    assertThat(report.completed() + report.failed() + report.open()).isEqualTo(ITEMS);
    assertThat(report.running() + report.waiting()).isZero();

    Map<String, HistoryItem> rows = new HashMap<>();
    elumenta.history().stream().forEach(row -> rows.put(row.getId().toString(), row));
    Set<String> known =
        outcomes.stream()
            .flatMap(outcome -> outcome.generation().stream())
            .collect(Collectors.toSet());
    List<HistoryItem> charged =
        rows.values().stream().filter(row -> row.tokensCharged().orElse(0) > 0).toList();
    Set<String> openPrompts =
        outcomes.stream()
            .filter(outcome -> outcome.status() == Status.OPEN)
            .map(outcome -> outcome.id().replace("item-", "Number "))
            .collect(Collectors.toSet());
    List<HistoryItem> onlyOpen =
        charged.stream().filter(row -> !known.contains(row.getId().toString())).toList();
    long tokensOpen = onlyOpen.stream().mapToLong(row -> row.tokensCharged().orElse(0)).sum();
    System.out.printf(
        "%d items, %d workers, %d kills, seed %d: %d results and %d failures (%d tokens), %d open"
            + " (%d of them charged, %d tokens); the service charged %d%n",
        ITEMS,
        WORKERS,
        KILLS,
        SEED,
        report.completed(),
        report.failed(),
        report.tokensSpent(),
        report.open(),
        onlyOpen.size(),
        tokensOpen,
        service.tokensCharged());

    assertThat(charged).extracting(HistoryItem::getPrompt).doesNotHaveDuplicates();
    assertThat(onlyOpen).allMatch(row -> openPrompts.contains(row.getPrompt()));
    assertThat(report.tokensSpent() + tokensOpen).isEqualTo(service.tokensCharged());
    assertThat(service.doubleCharges()).isZero();
    long poison = openPrompts.stream().filter(prompt -> number(prompt) % POISON == 0).count();
    assertThat(report.failed() + poison).isEqualTo(ITEMS / POISON);
    for (BatchOutcome outcome : outcomes) {
      outcome
          .generation()
          .ifPresent(
              id ->
                  assertThat(rows.get(id).getPrompt())
                      .as("the result of the item itself")
                      .isEqualTo(outcome.id().replace("item-", "Number ")));
    }
  }
}
