package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.redis.BatchOutcome.Status;

/** A batch of a fleet, against the simulated service and a real Redis. */
class RedisBatchTest {
  private static final int GPT_5 = 2; // tokens
  private static RealRedis redis;

  private final List<AutoCloseable> used = new ArrayList<>();
  private ElumentaSimulator service;
  private Machine one;

  /** What a machine has. */
  private record Machine(Fleet fleet, ElumentaClient elumenta, RedisBatch batch) {}

  @BeforeAll
  static void startRedis() {
    redis = RealRedis.start("--appendonly", "no");
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void start() {
    redis.clear();
    service =
        ElumentaSimulator.builder()
            .plan(Plan.ELITE)
            .balance(1_000_000)
            .time(TimeSource.system())
            .start();
    one = machine();
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = used.size() - 1; i >= 0; i--) {
      used.get(i).close();
    }
    service.close();
  }

  static FleetOptionsBuilder options(String address) {
    return FleetOptions.at(address)
        .timeout(Duration.ofSeconds(30))
        .lease(Duration.ofSeconds(2))
        .longestPause(Duration.ofSeconds(1))
        .encryptionKey(Sessions.KEY);
  }

  private Machine machine() {
    Fleet fleet = Fleet.of(options(redis.address()).build());
    ElumentaClient elumenta =
        fleet
            .applyTo(ElumentaClient.builder().baseUrl(service.baseUrl()).apiKey(service.apiKey()))
            .build();
    used.add(fleet);
    used.add(elumenta);
    return new Machine(fleet, elumenta, fleet.batch("posters"));
  }

  static List<BatchItem> items(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(
            number ->
                new BatchItem(
                    "item-" + number,
                    new GenerationRequest().model("gpt-5").prompt("Poster " + number)))
        .toList();
  }

  private static Map<Status, Long> counted(RedisBatch batch) {
    List<BatchOutcome> all = new ArrayList<>();
    batch.outcomes(all::add);
    assertThat(all).extracting(BatchOutcome::id).doesNotHaveDuplicates();
    return all.stream()
        .collect(Collectors.groupingBy(BatchOutcome::status, TreeMap::new, Collectors.counting()));
  }

  @Test
  void everyItemGetsAResultAndIsPaidOnceWhoeverTakesIt() throws Exception {
    Machine other = machine();
    assertThat(one.batch.add(items(1, 40))).isEqualTo(40);
    assertThat(other.batch.add(items(31, 60))).as("each id once").isEqualTo(20);
    List<BatchReport> reports = new ArrayList<>();
    Thread there = new Thread(() -> reports.add(other.batch.run(other.elumenta, 4)));
    there.start();
    reports.add(one.batch.run(one.elumenta, 4));
    there.join();

    assertThat(reports).allMatch(report -> report.end() == BatchEnd.FINISHED);
    assertThat(reports).allMatch(BatchReport::isAllCompleted);
    assertThat(reports.stream().mapToLong(BatchReport::completedNow).sum()).isEqualTo(60);
    assertThat(reports).allMatch(report -> report.completedNow() > 0);
    assertThat(reports.get(0).tokensSpent()).isEqualTo(60 * GPT_5);
    assertThat(service.tokensCharged()).isEqualTo(60 * GPT_5);
    assertThat(service.doubleCharges()).isZero();
    assertThat(counted(one.batch)).isEqualTo(Map.of(Status.COMPLETED, 60L));
    assertThat(one.elumenta.openCalls()).isEmpty();
  }

  @Test
  void thePriceIsAskedForOnceHoweverManyNeedIt() {
    service.always().to("calculatePrice").fail(Fault.delay(Duration.ofMillis(300)));
    one.batch.budget(1_000);
    one.batch.add(items(1, 20));

    assertThat(one.batch.run(one.elumenta, 8).isAllCompleted()).isTrue();

    assertThat(service.requests("calculatePrice")).isEqualTo(1);
    assertThat(service.tokensCharged()).isEqualTo(20 * GPT_5);
  }

  @Test
  void resultsAreThoseOfTheirItemsAndNothingOfThemCanBeReadInRedis() {
    one.batch.add(items(1, 3));
    one.batch.run(one.elumenta, 2);

    one.batch.outcomes(
        outcome -> {
          assertThat(outcome.tokens()).hasValue(GPT_5);
          assertThat(outcome.text()).isPresent();
          assertThat(one.elumenta.history().stream())
              .filteredOn(row -> row.getId().toString().equals(outcome.generation().orElseThrow()))
              .singleElement()
              .satisfies(
                  row ->
                      assertThat(row.getPrompt())
                          .isEqualTo(outcome.id().replace("item-", "Poster ")));
        });
    assertThat(redis.<String>ask(RedisBatchTest::everything))
        .doesNotContain("Poster")
        .contains("item-1");
  }

  private static String everything(
      io.lettuce.core.api.sync.RedisCommands<String, String> commands) {
    StringBuilder all = new StringBuilder();
    for (String key : commands.keys("*")) {
      assertThat(commands.ttl(key)).as(key).isPositive();
      switch (commands.type(key)) {
        case "hash" -> all.append(commands.hgetall(key));
        case "stream" -> all.append(commands.xrange(key, io.lettuce.core.Range.create("-", "+")));
        case "set" -> all.append(commands.smembers(key));
        case "zset" -> all.append(commands.zrange(key, 0, -1));
        default -> all.append(commands.get(key));
      }
    }
    return all.toString();
  }

  @Test
  void whatIsRefusedStopsNoneOfTheRest() {
    one.batch.add(items(1, 5));
    one.batch.add(
        List.of(
            new BatchItem(
                "bad",
                new GenerationRequest()
                    .model("gpt-5")
                    .prompt("x")
                    .putParamsItem("temperature", 9))));
    BatchReport report = one.batch.run(one.elumenta, 2);

    assertThat(report.completed()).isEqualTo(5);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.tokensSpent()).isEqualTo(5 * GPT_5);
    List<BatchOutcome> all = new ArrayList<>();
    one.batch.outcomes(all::add);
    assertThat(all)
        .filteredOn(outcome -> outcome.status() == Status.FAILED)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.id()).isEqualTo("bad");
              assertThat(outcome.reason()).hasValue("validation_error");
              assertThat(outcome.tokens()).hasValue(0);
            });
  }

  @Test
  void theBudgetIsSharedAndNeverExceeded() throws Exception {
    Machine other = machine();
    one.batch.budget(21);
    one.batch.add(items(1, 30));
    List<BatchReport> reports = new ArrayList<>();
    Thread there = new Thread(() -> reports.add(other.batch.run(other.elumenta, 4)));
    there.start();
    reports.add(one.batch.run(one.elumenta, 4));
    there.join();

    assertThat(reports).extracting(BatchReport::end).containsOnly(BatchEnd.BUDGET_REACHED);
    assertThat(service.tokensCharged()).isEqualTo(20);
    assertThat(one.batch.report().completed()).isEqualTo(10);
    assertThat(one.batch.report().waiting()).isEqualTo(20);
    one.batch.budget(1_000);
    assertThat(one.batch.run(one.elumenta, 4).isAllCompleted()).isTrue();
    assertThat(service.tokensCharged()).isEqualTo(60);
  }

  @Test
  void anItemOfWhichNobodyKnowsTheOutcomeIsOpenAndFoundLaterAndNeverSentAgain() {
    service.next(1).to("createGeneration").fail(Fault.resetAfterProcessing());
    service.always().to("listHistory").fail(Fault.modelUnavailable());
    one.batch.add(items(1, 4));
    Machine hasty = machine();
    BatchReport report = hasty.batch.run(hasty.elumenta.within(Duration.ofSeconds(3)), 1);
    assertThat(report.open()).isEqualTo(1);
    assertThat(report.completed()).isEqualTo(3);
    assertThat(report.end()).isEqualTo(BatchEnd.FINISHED);
    assertThat(counted(one.batch)).isEqualTo(Map.of(Status.COMPLETED, 3L, Status.OPEN, 1L));

    service.healthy();
    assertThat(one.batch.lookAgain()).isEqualTo(1);
    assertThat(one.batch.lookAgain()).as("it waits for a worker").isEqualTo(1);
    BatchReport later = one.batch.run(one.elumenta, 1);

    assertThat(later.isAllCompleted()).isTrue();
    assertThat(later.tokensSpent()).isEqualTo(4 * GPT_5);
    assertThat(service.requests("createGeneration")).isEqualTo(4);
    assertThat(one.elumenta.openCalls()).isEmpty();
  }

  @Test
  void aRefusedKeyEndsTheRunAtOnceAndTheItemsWait() {
    one.batch.add(items(1, 5));
    ElumentaClient stranger =
        one.fleet
            .applyTo(
                ElumentaClient.builder()
                    .baseUrl(service.baseUrl())
                    .apiKey("nb_00000000000000000000000000000000"))
            .build();
    used.add(stranger);
    BatchReport refused = one.batch.run(stranger, 2);
    assertThat(refused.end()).isEqualTo(BatchEnd.NOT_AUTHENTICATED);
    assertThat(refused.waiting()).isEqualTo(5);

    assertThat(one.batch.run(one.elumenta, 2).isAllCompleted()).isTrue();
  }

  @Test
  void workersWaitWhileRedisIsAwayAndSendNothing() throws Exception {
    try (RealRedis mortal = RealRedis.start();
        Fleet fleet = Fleet.of(options(mortal.address()).build());
        ElumentaClient elumenta =
            fleet
                .applyTo(
                    ElumentaClient.builder().baseUrl(service.baseUrl()).apiKey(service.apiKey()))
                .build()) {
      RedisBatch batch = fleet.batch("posters");
      batch.add(items(1, 300));
      List<BatchReport> reports = new ArrayList<>();
      Thread worker = new Thread(() -> reports.add(batch.run(elumenta, 4)));
      worker.start();
      while (service.requests("createGeneration") < 20) {
        Thread.onSpinWait();
      }
      mortal.kill();
      mortal.restart();
      worker.join();

      assertThat(reports.get(0).total()).isEqualTo(300);
      assertThat(reports.get(0).completed() + reports.get(0).open()).isEqualTo(300);
      assertThat(reports.get(0).open()).isLessThanOrEqualTo(4);
      assertThat(service.requests("createGeneration")).isEqualTo(300);
    }
  }

  @Test
  void withoutAKeyToEncryptWithItIsRefused() {
    try (Fleet fleet = Fleet.of(FleetOptions.at(redis.address()).build())) {
      assertThatThrownBy(() -> fleet.batch("posters"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("encryptionKey");
    }
  }
}
