package ru.elumenta.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.OpenCall;

/** Measures what docs/fleets.md says of costs: {@code -DfleetCost=1000} calls. */
@EnabledIfSystemProperty(named = "fleetCost", matches = "[0-9]+")
class FleetCostTest {
  private static final int CALLS = Integer.getInteger("fleetCost", 1);
  private static final String KEY = "{elumenta:default}:";

  @Test
  void ofCalls() {
    try (RealRedis redis = RealRedis.start("--appendfsync", "everysec");
        RedisCallJournal journal = RedisCallJournal.of(FleetOptions.at(redis.address()).build())) {
      for (int i = 0; i < CALLS; i++) { // warm
        OpenCall call = Calls.image("A boat " + i, Instant.now());
        journal.open(call, Calls.PATIENCE);
        journal.close(call.id(), CallOutcome.answered("warm_" + i));
      }
      redis.ask(commands -> commands.configResetstat());
      List<OpenCall> open = new ArrayList<>();
      long[] opens = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        OpenCall call = Calls.image("A lighthouse " + i, Instant.now());
        long begin = System.nanoTime();
        journal.open(call, Calls.PATIENCE);
        opens[i] = System.nanoTime() - begin;
        open.add(call);
      }
      say("open, round trip included", opens);
      server(redis, "open");
      size(redis, "calls", CALLS);
      size(redis, "calls:since", CALLS);
      redis.ask(commands -> commands.configResetstat());
      long begin = System.nanoTime();
      journal.openCalls();
      System.out.printf(
          "listing %d open calls: %.1f ms%n", CALLS, (System.nanoTime() - begin) / 1e6);
      server(redis, "listing");
      redis.ask(commands -> commands.configResetstat());
      long[] closes = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        begin = System.nanoTime();
        journal.close(open.get(i).id(), CallOutcome.answered("6650a1b2c3d4e5f60718" + i));
        closes[i] = System.nanoTime() - begin;
      }
      say("close, round trip included", closes);
      server(redis, "close");
      size(redis, "claims", 2 * CALLS);
      size(redis, "claims:since", 2 * CALLS);
      long reads = System.nanoTime();
      System.out.println(journal.openCalls().size() + " open");
      System.out.println(Duration.ofNanos(System.nanoTime() - reads));
    }
  }

  private static void say(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s: least %d µs, median %d µs, 99%% %d µs%n",
        what,
        nanos[0] / 1_000,
        nanos[nanos.length / 2] / 1_000,
        nanos[nanos.length * 99 / 100] / 1_000);
  }

  private static void server(RealRedis redis, String what) {
    String stats = redis.ask(commands -> commands.info("commandstats"));
    stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha"))
        .forEach(line -> System.out.println("Redis itself, " + what + ": " + line));
  }

  private static void size(RealRedis redis, String key, int entries) {
    long bytes = redis.ask(commands -> commands.memoryUsage(KEY + key));
    System.out.printf("%s: %d bytes for %d, %d each%n", key, bytes, entries, bytes / entries);
  }
}
