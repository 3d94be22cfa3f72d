package ru.elumenta.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import ru.elumenta.redis.RedisFailure.Kind;

/**
 * What a write must have reached before it counts, beyond the memory of the primary, which is all
 * that Redis acknowledges by itself. One that does not get there in time has failed: a paid call is
 * not sent, tokens are not used.
 *
 * @param replicas how many replicas must have it ({@code WAIT}); 0 for none
 * @param disk whether the primary's disk must have it, and those of the replicas ({@code WAITAOF},
 *     Redis 7.2 with {@code appendonly yes})
 */
public record Durability(int replicas, boolean disk) {
  /** The memory of the primary. The default. */
  public static final Durability PRIMARY = new Durability(0, false);

  /** Of the time there is, in percent: the rest is for the answer to come back. */
  private static final int SHARE = 80;

  private static final ProtocolKeyword WAITAOF = new WaitAof();

  /** Checks the members. */
  public Durability {
    if (replicas < 0) {
      throw new IllegalArgumentException("There are no fewer than 0 replicas.");
    }
  }

  boolean needsWaiting() {
    return replicas > 0 || disk;
  }

  /** Waits for all that this connection has written so far. */
  void await(FleetConnection connection, Duration patience) throws RedisFailure {
    Duration timeout = connection.options().timeout();
    Duration atMost = patience.compareTo(timeout) < 0 ? patience : timeout;
    long millis = Math.max(1, atMost.toMillis() * SHARE / 100); // 0 would be for ever
    boolean hasReached;
    try {
      if (disk) {
        List<Object> reached =
            connection.run(
                commands ->
                    commands.dispatch(
                        WAITAOF,
                        new NestedMultiOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).add(1).add(replicas).add(millis)),
                patience);
        hasReached = (Long) reached.get(0) >= 1 && (Long) reached.get(1) >= replicas;
      } else {
        hasReached =
            connection.run(commands -> commands.waitForReplication(replicas, millis), patience)
                >= replicas;
      }
    } catch (RedisFailure e) {
      boolean isSaid = e.mayHaveRun() && e.kind() != Kind.SLOW;
      throw isSaid ? e : RedisFailure.of(Kind.NOT_KEPT, true, e.place());
    }
    if (!hasReached) {
      throw RedisFailure.of(Kind.NOT_KEPT, true, connection.options().place());
    }
  }

  /** Lettuce has no method for it. */
  private static final class WaitAof implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return "WAITAOF";
    }
  }
}
