package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/**
 * Machines ask for pictures, many to the letter the same and some nearly; answers get lost,
 * machines are killed and started again, or paused past their lease, and now and then Redis is
 * killed. {@code -Dkills=300 -Dmachines=8 -DlongestPause=1500} for a longer run, {@code
 * -DkillSeed=…} for another one.
 */
class KilledFleetTest {
  private static final int KILLS = Integer.getInteger("kills", 4);
  private static final long SEED = Long.getLong("killSeed", 11);
  private static final int MACHINES = Integer.getInteger("machines", 3);
  private static final int LONGEST_PAUSE = Integer.getInteger("longestPause", 60);
  private static final int LONGEST_WORK = 300; // milliseconds
  private static final int PAUSES = 7; // every so often one is paused and not killed
  private static final int OUTAGES = 25;
  private static final Duration LOST_LEASE = Duration.ofMillis(2200);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Set<Exchange> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, List<String>> madeBy = new TreeMap<>(); // generations, by call
  private final Map<String, String> asked = new HashMap<>(); // hash of the request, by generation
  private Path ledgers;
  private long next = 1_000;

  @Test
  void nothingIsPaidTwiceAndNobodyGetsTheResultOfAnother() throws Exception {
    ledgers = Files.createDirectory(folder.resolve("ledgers"));
    int pauses = 0;
    int outages = 0;
    try (RealRedis redis = RealRedis.start();
        ElumentaSimulator service =
            ElumentaSimulator.builder()
                .plan(Plan.ELITE)
                .balance(Integer.MAX_VALUE)
                .time(TimeSource.system())
                .start()) {
      List<Process> machines = new ArrayList<>();
      for (int i = 0; i < MACHINES; i++) {
        machines.add(start(redis, service));
      }
      for (Process machine : machines) {
        awaitReady(machine);
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        service.healthy();
        for (int i = random.nextInt(4); i > 0; i--) {
          service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
        }
        service.always().to("createGeneration").fail(Fault.delay(Duration.ofMillis(20)));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WORK)); // the moment of the kill
        int which = random.nextInt(machines.size());
        if (kill % PAUSES == 0) {
          signal(machines.get(which), "STOP");
          TimeUnit.MILLISECONDS.sleep(LOST_LEASE.toMillis());
          signal(machines.get(which), "CONT");
          pauses++;
        }
        if (kill % OUTAGES == 0 && redis.canBeKilled()) {
          redis.kill();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
          redis.restart();
          TimeUnit.MILLISECONDS.sleep(1_500); // what could not be written is, before the next kill
          outages++;
        }
        assertThat(machines.get(which).isAlive()).as(errors()).isTrue();
        machines.get(which).destroyForcibly().waitFor();
        machines.set(which, start(redis, service));
        awaitReady(machines.get(which));
        note(service);
      }
      service.healthy();
      for (Process machine : machines) {
        machine.destroyForcibly().waitFor();
      }
      note(service);
      TimeUnit.SECONDS.sleep(5); // all leases end, and all pauses
      Process last = start(redis, service, "last");
      // Each look reads the history back to when its call began.
      assertThat(last.waitFor(300 + 3L * KILLS, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).as(errors()).isZero();
      note(service);
      check(service, redis, pauses, outages);
    }
  }

  private Process start(RealRedis redis, ElumentaSimulator service, String... more)
      throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                redis.address(),
                service.baseUrl(),
                service.apiKey(),
                ledgers.toString(),
                next++,
                LONGEST_PAUSE));
    arguments.addAll(List.of(more));
    return JavaProcess.start(FleetProgram.class, folder.resolve("errors"), arguments.toArray());
  }

  private void awaitReady(Process machine) throws IOException {
    BufferedReader printed = machine.inputReader();
    assertThat(printed.readLine()).as(errors()).isEqualTo(FleetProgram.READY);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private static void signal(Process machine, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(machine.pid())).start().waitFor();
  }

  /** Takes note of what was asked for since, of which the service keeps the latest. */
  private void note(ElumentaSimulator service) throws IOException {
    for (Exchange exchange : service.exchanges()) {
      if (!met.add(exchange) || !exchange.request().path().endsWith("/generate")) {
        continue;
      }
      String call =
          exchange.request().headers().entrySet().stream()
              .filter(header -> header.getKey().equalsIgnoreCase(FleetProgram.CALL))
              .map(header -> header.getValue().get(0))
              .findFirst()
              .orElseThrow();
      JsonNode made = JSON.readTree(exchange.response().orElseThrow().body());
      JsonNode request = JSON.readTree(exchange.request().body());
      String id = made.path("id").asText();
      madeBy.computeIfAbsent(call, any -> new ArrayList<>()).add(id);
      Map<String, Object> members = new HashMap<>();
      request.properties().forEach(each -> members.put(each.getKey(), each.getValue().asText()));
      asked.put(id, RequestFingerprint.of(members).whole());
    }
  }

  private void check(ElumentaSimulator service, RealRedis redis, int pauses, int outages)
      throws IOException {
    Map<String, String> requestOfCall = new HashMap<>();
    Map<String, String> idOfCall = new HashMap<>();
    for (String[] begun : FleetLedger.read(ledgers, FleetProgram.BEGUN)) {
      requestOfCall.put(begun[1], begun[3]);
      idOfCall.put(begun[2], begun[1]);
    }
    Map<String, Set<String>> callsOf = new HashMap<>(); // by generation
    List<String[]> answered = FleetLedger.read(ledgers, FleetProgram.ANSWERED);
    for (String[] each : answered) {
      assertThat(madeBy.get(each[1])).as("what %s has made", each[1]).containsExactly(each[2]);
      callsOf.computeIfAbsent(each[2], any -> new HashSet<>()).add(idOfCall.get(each[1]));
    }
    // Of two requests that are the same to the letter, both lost, either may have either result.
    List<String[]> recovered = FleetLedger.read(ledgers, FleetProgram.RECOVERED);
    for (String[] each : recovered) {
      String id = idOfCall.get(each[1]);
      assertThat(asked.get(each[2]))
          .as("what %s asked for", each[1])
          .isEqualTo(requestOfCall.get(id));
      callsOf.computeIfAbsent(each[2], any -> new HashSet<>()).add(id);
    }
    List<String[]> found = FleetLedger.read(ledgers, FleetProgram.FOUND);
    for (String[] each : found) {
      assertThat(asked.get(each[2]))
          .as("what %s asked for", each[1])
          .isEqualTo(requestOfCall.get(each[1]));
      callsOf.computeIfAbsent(each[2], any -> new HashSet<>()).add(each[1]);
    }
    List<OpenCall> open;
    Map<String, String> claims;
    try (RedisCallJournal journal = RedisCallJournal.of(FleetProgram.options(redis.address()))) {
      open = journal.openCalls();
      claims = journal.claims(asked.keySet());
    }
    Map<String, Integer> unknown = new HashMap<>(); // by request
    int known = 0;
    int claimed = 0;
    for (String generation : asked.keySet()) {
      if (callsOf.containsKey(generation)) {
        known++;
      } else if (claims.containsKey(generation)) {
        claimed++;
      } else {
        unknown.merge(asked.get(generation), 1, Integer::sum);
      }
    }
    System.out.printf(
        "%d kills, %d pauses, %d outages of Redis, seed %d: %d calls begun, %d charges, of which %d"
            + " answered, %d recovered at once, %d found later, %d known in all, %d claimed by"
            + " those killed before they could say so, %d left to %d calls listed as open%n",
        KILLS,
        pauses,
        outages,
        SEED,
        requestOfCall.size(),
        service.charges(),
        answered.size(),
        recovered.size(),
        found.size(),
        known,
        claimed,
        unknown.values().stream().mapToInt(n -> n).sum(),
        open.size());

    assertThat(asked).hasSize(service.charges());
    assertThat(madeBy.values()).as("sent once").allMatch(made -> made.size() == 1);
    assertThat(callsOf.entrySet()).as("given once").allMatch(each -> each.getValue().size() == 1);
    unknown.forEach(
        (request, count) ->
            assertThat(open.stream().filter(call -> call.request().whole().equals(request)).count())
                .as("calls listed for what nobody knows of")
                .isGreaterThanOrEqualTo(count));
  }
}
