package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;

/**
 * A primary with a replica and a Sentinel beside them: when the primary dies, the replica is it.
 */
class FailedOverTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final RealRedis primary = RealRedis.start();
  private final RealRedis replica;
  private final RealRedis sentinel;
  private final FleetOptions options;

  FailedOverTest(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(primary.canBeKilled(), "servers of the test's own");
    replica = RealRedis.start("--replicaof", "127.0.0.1", String.valueOf(primary.port()));
    int port = RealRedis.freePort();
    Path settings = folder.resolve("sentinel.conf");
    Files.write(
        settings,
        List.of(
            "port " + port,
            "bind 127.0.0.1",
            "sentinel monitor calls 127.0.0.1 " + primary.port() + " 1",
            "sentinel down-after-milliseconds calls 1000",
            "sentinel failover-timeout calls 10000"));
    sentinel = RealRedis.sentinel(settings, port);
    options =
        FleetOptions.at("redis-sentinel://127.0.0.1:" + port + "/0#calls")
            .timeout(Duration.ofSeconds(2))
            .durability(new Durability(1, false))
            .build();
  }

  @BeforeEach
  void meet() {
    await(() -> primary.ask(commands -> commands.info("replication")).contains("state=online"));
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!holdsNow(holds)) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  /** Sentinels cut all connections to a server whose role they change, the questions' too. */
  private static boolean holdsNow(BooleanSupplier holds) {
    try {
      return holds.getAsBoolean();
    } catch (RedisException cut) {
      return false;
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterwards() {
    try (RedisCallJournal journal = RedisCallJournal.of(options)) {
      OpenCall before = Calls.image();
      journal.open(before, SOON);
      assertThat(journal.claim("gen_1", before, SOON)).isTrue();

      primary.kill();
      await(() -> replica.ask(commands -> commands.info("replication")).contains("role:master"));
      primary.restart("--replicaof", "127.0.0.1", String.valueOf(replica.port()));
      await(() -> replica.ask(commands -> commands.info("replication")).contains("state=online"));

      OpenCall after = Calls.image();
      await(() -> opened(journal, after));
      assertThat(journal.openCalls()).containsExactly(before, after);
      assertThat(journal.claim("gen_1", after, SOON)).isFalse();
      journal.close(before.id(), CallOutcome.answered("gen_1"));
      assertThat(journal.openCalls()).containsExactly(after);
    }
  }

  /** As the next call of an application would: the first may find the old connection gone. */
  private static boolean opened(RedisCallJournal journal, OpenCall call) {
    try {
      journal.open(call, SOON);
      return true;
    } catch (JournalException notYet) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    sentinel.close();
    replica.close();
    primary.close();
  }
}
