package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;
import ru.elumenta.error.RateLimits;

/** Threads of several machines ask at once; there are never more than there may be. */
class PacingRacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MACHINES = 3;
  private static final int THREADS = 4;
  private static final int AT_ONCE = 3;
  private static final int LEFT = 40;
  private static RealRedis redis;

  private final AtomicInteger used = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private final Instant reset = Instant.now().plus(Duration.ofMinutes(50));

  @BeforeAll
  static void start() {
    redis = RealRedis.start("--appendonly", "no");
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void noneIsRefusedAndNoMoreAreUnderWayThanMayBe() throws Exception {
    redis.clear();
    List<RedisPacing> machines = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(MACHINES * THREADS);
    try {
      List<Future<Integer>> served = new ArrayList<>();
      for (int machine = 0; machine < MACHINES; machine++) {
        RedisPacing pacing =
            RedisPacing.of(
                FleetOptions.at(redis.address())
                    .timeout(PATIENCE)
                    .maxConcurrentRequests(AT_ONCE)
                    .build());
        machines.add(pacing);
        for (int thread = 0; thread < THREADS; thread++) {
          served.add(threads.submit(caller(pacing)));
        }
      }
      int sum = 0;
      for (Future<Integer> each : served) {
        sum += each.get();
      }
      assertThat(sum).as("all that was left").isEqualTo(LEFT);
    } finally {
      threads.shutdownNow();
      machines.forEach(RedisPacing::close);
    }
    assertThat(refused).hasValue(0);
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(AT_ONCE);
    for (String key : List.of("pacing:turns", "pacing:queue", "pacing:places")) {
      assertThat(redis.<Long>ask(commands -> commands.zcard("{elumenta:default}:" + key)))
          .as(key)
          .isZero();
    }
  }

  /** Makes one request after the other, until the hour has none left. */
  private Callable<Integer> caller(RedisPacing pacing) {
    return () -> {
      int served = 0;
      while (true) {
        try (PacingTurn turn = pacing.join()) {
          Optional<Held> held = turn.ask(PATIENCE);
          while (held.isPresent() && held.get().heldFor().toMinutes() < 40) {
            held = turn.ask(PATIENCE);
          }
          if (held.isPresent()) {
            return served;
          }
          mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          RateLimits answer = answer();
          underWay.decrementAndGet();
          served++;
          turn.ended(TurnEnd.answered(Optional.of(answer), Duration.ZERO, Optional.empty()));
        }
      }
    };
  }

  private RateLimits answer() {
    int number = used.incrementAndGet();
    if (number > LEFT) {
      refused.incrementAndGet();
    }
    return new RateLimits(
        new RateLimits.Window(
            OptionalLong.of(100), OptionalLong.of(Math.max(0, LEFT - number)), Optional.of(reset)),
        new RateLimits.Window(OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));
  }
}
