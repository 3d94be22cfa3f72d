package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.scenario.Fault;

/**
 * Machines with one session, for hours of its time, some of which are killed. {@code
 * -DsessionSeconds=…} of ours, {@code -DsessionMachines=8}, {@code -DsessionKills=…} for more.
 */
class KilledSessionsTest {
  private static final int SECONDS = Integer.getInteger("sessionSeconds", 6);
  private static final int MACHINES = Integer.getInteger("sessionMachines", 3);
  private static final int KILLS = Integer.getInteger("sessionKills", 3);
  private static final long SEED = Long.getLong("sessionSeed", 5);
  private static final int FACTOR = 1_800; // an access token lasts half a second
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Set<Exchange> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, List<String>> next = new HashMap<>(); // refresh tokens; "" if refused
  private final Instant begin = Instant.now();
  private Path ledgers;
  private int started;

  @Test
  void oneRenewsAtATimeNoRefreshTokenIsUsedTwiceAndNobodyIsLockedOut() throws Exception {
    ledgers = Files.createDirectory(folder.resolve("ledgers"));
    SessionProgram.FastTime time = new SessionProgram.FastTime(begin, FACTOR);
    int lockedOut = 0;
    try (RealRedis redis = RealRedis.start();
        ElumentaSimulator service = ElumentaSimulator.builder().time(time).start();
        RedisSessionStore store = RedisSessionStore.of(SessionProgram.options(redis.address()));
        ElumentaSession session =
            ElumentaSession.builder()
                .baseUrl(service.baseUrl())
                .store(store)
                .timeSource(time)
                .build()) {
      service.always().to("refreshToken").fail(Fault.delay(Duration.ofMillis(15)));
      session.login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
      List<Process> machines = new ArrayList<>();
      for (int i = 0; i < MACHINES; i++) {
        machines.add(start(redis, service));
      }
      for (Process machine : machines) {
        awaitReady(machine);
      }
      Instant from = time.now();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      int killed = 0;
      while (System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
        note(service);
        long due = (long) KILLS * (SECONDS * 1_000L - (end - System.nanoTime()) / 1_000_000);
        if (due > killed * SECONDS * 1_000L && killed < KILLS) {
          int which = random.nextInt(machines.size());
          assertThat(machines.get(which).isAlive()).as(errors()).isTrue();
          machines.get(which).destroyForcibly().waitFor();
          killed++;
          machines.set(which, start(redis, service));
        }
        if (store.read().flatMap(StoredSession::ended).isPresent()) {
          lockedOut++;
          session.login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
        }
      }
      Duration passed = Duration.between(from, time.now());
      long now = System.nanoTime();
      awaitEachAsks(machines.size(), now, session, store);
      note(service);
      for (Process machine : machines) {
        machine.destroyForcibly().waitFor();
      }
      check(passed, killed, lockedOut);
    }
  }

  private Process start(RealRedis redis, ElumentaSimulator service) throws IOException {
    return JavaProcess.start(
        SessionProgram.class,
        folder.resolve("errors"),
        redis.address(),
        service.baseUrl(),
        ledgers.resolve("%04d".formatted(started++)),
        begin,
        FACTOR);
  }

  private void awaitReady(Process machine) throws IOException {
    assertThat(machine.inputReader().readLine()).as(errors()).isEqualTo(SessionProgram.READY);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  /** Whoever lives gets an answer: nobody is locked out, and no lock is held for ever. */
  private void awaitEachAsks(
      int machines, long since, ElumentaSession session, RedisSessionStore store) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Set<Integer> asking = new HashSet<>();
    while (asking.size() < machines) {
      assertThat(System.nanoTime()).as("machines that ask: %s", asking).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
      if (store.read().flatMap(StoredSession::ended).isPresent()) {
        session.login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
      }
      asking.clear();
      for (int i = 0; i < started; i++) {
        Path ledger = ledgers.resolve("%04d".formatted(i));
        if (Files.exists(ledger)
            && FleetLedger.of(ledger, SessionProgram.ASKED).stream()
                .anyMatch(words -> Long.parseLong(words[1]) - since > 0)) {
          asking.add(i);
        }
      }
    }
  }

  private void note(ElumentaSimulator service) throws IOException {
    for (Exchange exchange : service.exchanges()) {
      if (met.add(exchange) && exchange.request().path().endsWith("/auth/refresh")) {
        String used = JSON.readTree(exchange.request().body()).path("refresh_token").asText();
        JsonNode answer = JSON.readTree(exchange.response().orElseThrow().body());
        next.computeIfAbsent(used, any -> new ArrayList<>())
            .add(answer.path("refresh_token").asText());
      }
    }
  }

  private void check(Duration passed, int killed, int lockedOut) throws IOException {
    Set<String> stored =
        FleetLedger.read(ledgers, SessionProgram.STORED).stream()
            .map(words -> words[1])
            .collect(Collectors.toSet());
    Map<String, List<String>> twice = new HashMap<>(next);
    twice.values().removeIf(answers -> answers.size() == 1);
    List<long[]> turns = new ArrayList<>();
    for (int i = 0; i < started; i++) {
      Path ledger = ledgers.resolve("%04d".formatted(i));
      List<String[]> in = FleetLedger.of(ledger, SessionProgram.IN);
      List<String[]> out = FleetLedger.of(ledger, SessionProgram.OUT);
      IntStream.range(0, out.size())
          .forEach(
              turn ->
                  turns.add(
                      new long[] {
                        Long.parseLong(in.get(turn)[1]), Long.parseLong(out.get(turn)[1])
                      }));
    }
    turns.sort((one, other) -> Long.compare(one[0], other[0]));
    System.out.printf(
        "%.1f hours of the session, %d machines, %d kills, seed %d: %d renewals, %d turns, %d"
            + " refresh tokens used twice, %d logins because one was killed between the answer and"
            + " the store%n",
        passed.toMinutes() / 60.0,
        MACHINES,
        killed,
        SEED,
        next.size(),
        turns.size(),
        twice.size(),
        lockedOut);

    for (int i = 1; i < turns.size(); i++) {
      assertThat(turns.get(i)[0]).as("one at a time").isGreaterThan(turns.get(i - 1)[1]);
    }
    twice.forEach(
        (token, answers) -> {
          assertThat(answers).as("the second is refused").hasSize(2).endsWith("");
          assertThat(stored)
              .as("the first was killed before it stored")
              .doesNotContain(answers.get(0));
        });
    assertThat(lockedOut).isLessThanOrEqualTo(twice.size());
    assertThat(twice.size()).isLessThanOrEqualTo(killed);
    assertThat(next.size()).isGreaterThan((int) passed.toMinutes() / 30);
  }
}
