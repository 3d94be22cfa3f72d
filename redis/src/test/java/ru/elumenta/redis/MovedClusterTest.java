package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.OpenCall;

/** A cluster of two nodes, of which one has everything, and then the other. */
class MovedClusterTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String[] CLUSTER = {
    "--cluster-enabled", "yes", "--cluster-node-timeout", "5000", "--appendfsync", "no"
  };

  private final FleetOptions options;
  private final RealRedis one = RealRedis.start(CLUSTER);
  private final RealRedis other = RealRedis.start(CLUSTER);

  MovedClusterTest() {
    options = FleetOptions.cluster(one.address()).timeout(Duration.ofSeconds(10)).build();
  }

  @BeforeEach
  void meet() {
    Assumptions.assumeTrue(one.canBeKilled(), "a cluster of the test's own");
    one.ask(
        commands -> commands.clusterAddSlots(IntStream.range(0, SlotHash.SLOT_COUNT).toArray()));
    one.ask(commands -> commands.clusterMeet("127.0.0.1", other.port()));
    await(() -> isWhole(one) && isWhole(other));
  }

  private static boolean isWhole(RealRedis node) {
    String info = node.ask(commands -> commands.clusterInfo());
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2");
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void whatHasMovedIsFollowed() {
    try (RedisCallJournal journal = RedisCallJournal.of(options)) {
      OpenCall before = Calls.image();
      journal.open(before, SOON);
      assertThat(journal.claim("gen_1", before, SOON)).isTrue();

      move(SlotHash.getSlot(options.key("calls")));
      long keys = one.ask(commands -> commands.dbsize());
      assertThat(keys).isZero();

      OpenCall after = Calls.image();
      journal.open(after, SOON);
      assertThat(journal.openCalls()).containsExactly(before, after);
      assertThat(journal.claim("gen_1", after, SOON)).isFalse();
      journal.close(before.id(), CallOutcome.answered("gen_1"));
      assertThat(journal.openCalls()).containsExactly(after);
    }
  }

  private void move(int slot) {
    String from = one.ask(commands -> commands.clusterMyId());
    String to = other.ask(commands -> commands.clusterMyId());
    other.ask(commands -> commands.clusterSetSlotImporting(slot, from));
    one.ask(commands -> commands.clusterSetSlotMigrating(slot, to));
    List<String> keys = one.ask(commands -> commands.clusterGetKeysInSlot(slot, 100));
    one.ask(
        commands ->
            commands.migrate("127.0.0.1", other.port(), 0, 10_000, MigrateArgs.Builder.keys(keys)));
    other.ask(commands -> commands.clusterSetSlotNode(slot, to));
    one.ask(commands -> commands.clusterSetSlotNode(slot, to));
  }
}
