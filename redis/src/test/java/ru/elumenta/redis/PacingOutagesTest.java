package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimits;

/** Without Redis each client paces itself, says so once, and comes back when Redis does. */
class PacingOutagesTest {
  private static final Logger LOG = Logger.getLogger("ru.elumenta.redis");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          said.add(
              line.getLevel()
                  + " "
                  + java.text.MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(ear);
  }

  @AfterEach
  void leave() {
    LOG.removeHandler(ear);
    LOG.setUseParentHandlers(true);
  }

  private static RedisPacing pacing(String address) {
    return RedisPacing.of(options(address).build());
  }

  private static RedisPacing patient(String address) {
    return RedisPacing.of(FleetOptions.at(address).timeout(PATIENCE).build());
  }

  private static FleetOptionsBuilder options(String address) {
    return FleetOptions.at(address).timeout(TIMEOUT);
  }

  private static RateLimits left(long remaining) {
    return new RateLimits(
        new RateLimits.Window(
            OptionalLong.of(10), OptionalLong.of(remaining), Optional.of(Instant.now().plus(HOUR))),
        new RateLimits.Window(OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));
  }

  private static PacingTurn sent(RedisPacing machine) throws InterruptedException {
    PacingTurn turn = machine.join();
    assertThat(turn.ask(PATIENCE)).isEmpty();
    return turn;
  }

  private static void learn(RedisPacing machine, long remaining) throws InterruptedException {
    try (PacingTurn turn = sent(machine)) {
      turn.ended(TurnEnd.answered(Optional.of(left(remaining)), Duration.ZERO, Optional.empty()));
    }
    machine.awaitSaid();
  }

  private static Duration held(RedisPacing machine) throws InterruptedException {
    Duration held;
    try (PacingTurn turn = machine.join()) {
      held = turn.ask(PATIENCE).map(Held::heldFor).orElse(Duration.ZERO);
    }
    machine.awaitSaid();
    return held;
  }

  /** Connecting takes its time on a busy machine, and is not what the test is about. */
  private void warmUp(RedisPacing machine) throws InterruptedException {
    held(machine);
    awaitShared(machine);
    said.clear();
  }

  /** Asks, as calls do, until the fleet shares again. */
  private static void awaitShared(RedisPacing machine) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!machine.isShared()) {
      assertThat(System.nanoTime()).isLessThan(end);
      held(machine);
      Thread.onSpinWait();
    }
  }

  private static Duration took(InterruptibleRunnable work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private interface InterruptibleRunnable {
    void run() throws Exception;
  }

  private void assertSaidOnce(String why) {
    assertThat(said).hasSize(2);
    assertThat(said.get(0))
        .startsWith("WARNING The pacing of the fleet is not shared for now: the Redis at ")
        .contains(why)
        .contains("Until it is back, each client paces itself.");
    assertThat(said.get(1)).startsWith("INFO The pacing of the fleet is shared again");
  }

  @Test
  void oneThatIsDownCostsTheFirstCallItsTimeOutAndTheOthersNothing() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing machine = pacing(redis.address())) {
      warmUp(machine);
      redis.kill();
      assertThat(took(() -> learn(machine, 2))).isLessThan(TIMEOUT.plusMillis(1_000));
      assertThat(
              took(
                  () -> {
                    sent(machine);
                    sent(machine);
                    assertThat(held(machine))
                        .isGreaterThan(HOUR.minusMinutes(1)); // by its own answers
                  }))
          .isLessThan(TIMEOUT);
      redis.restart();
      awaitShared(machine);
    }
    assertSaidOnce("cannot be reached");
  }

  @Test
  void oneThatIsRestartedKnowsWhatItKnew() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing one = pacing(redis.address());
        RedisPacing other = pacing(redis.address())) {
      warmUp(one);
      warmUp(other);
      learn(one, 0);
      assertThat(held(other)).isGreaterThan(HOUR.minusMinutes(1));
      redis.kill();
      assertThat(held(other)).as("which has seen no answer itself").isZero();
      redis.restart();
      awaitShared(other);
      assertThat(held(other)).isGreaterThan(HOUR.minusMinutes(1));
    }
    assertSaidOnce("cannot be reached");
  }

  @Test
  void oneThatAnswersNobodyIsWaitedForNoLongerThanTheCallHas() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing machine = pacing(redis.address());
        ElumentaSimulator service = ElumentaSimulator.start();
        ElumentaClient elumenta =
            service
                .client()
                .timeSource(ru.elumenta.client.options.TimeSource.system())
                .callTimeout(Duration.ofSeconds(8))
                .pacing(machine)
                .build()) {
      warmUp(machine);
      elumenta.generate(new GenerationRequest().model("gpt-5").prompt("before"));
      machine.awaitSaid();
      redis.pause(Duration.ofSeconds(4));
      ElumentaException late =
          catchThrowableOfType(
              ElumentaException.class,
              () ->
                  elumenta
                      .within(Duration.ofMillis(200))
                      .generate(new GenerationRequest().model("gpt-5").prompt("too late")));
      assertThat(late.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(service.generationsCreated()).isEqualTo(1);
      assertThat(
              took(
                  () -> elumenta.generate(new GenerationRequest().model("gpt-5").prompt("paused"))))
          .isLessThan(Duration.ofMillis(2_500));
      assertThat(service.generationsCreated()).isEqualTo(2);
      awaitShared(machine);
    }
    assertSaidOnce("did not answer in time");
  }

  @Test
  void oneWhoseWireIsCutIsUsedAgainWhenItIsMended() throws Exception {
    try (RealRedis redis = RealRedis.start();
        Wire wire = new Wire(redis.port());
        RedisPacing near = pacing(redis.address());
        RedisPacing far = pacing(wire.address())) {
      warmUp(near);
      warmUp(far);
      wire.cut();
      PacingTurn turn = far.join();
      assertThat(took(() -> assertThat(turn.ask(PATIENCE)).isEmpty()))
          .isLessThan(TIMEOUT.plusMillis(1_000));
      turn.ended(TurnEnd.answered(Optional.of(left(2)), Duration.ZERO, Optional.empty()));
      turn.close();
      assertThat(far.isShared()).isFalse();
      assertThat(near.isShared()).isTrue();
      wire.mend();
      awaitShared(far);
    }
    assertSaidOnce("did not answer in time");
  }

  @Test
  void oneThatIsFullPacesAllTheSame() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing one = patient(redis.address());
        RedisPacing other = patient(redis.address())) {
      learn(one, 3);
      redis.ask(commands -> commands.configSet("maxmemory", "1"));
      learn(one, 1);
      sent(other);
      assertThat(held(one)).isGreaterThan(HOUR.minusMinutes(1));
      assertThat(held(other)).isGreaterThan(HOUR.minusMinutes(1));
    }
    assertThat(said).isEmpty();
  }

  @Test
  void oneThatForgetsIsToldAnewByTheNextAnswer() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing one = patient(redis.address());
        RedisPacing other = patient(redis.address())) {
      learn(one, 5);
      redis.clear(); // as an eviction does
      List<PacingTurn> blind = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        blind.add(sent(i % 2 == 0 ? one : other));
      }
      assertThat(held(other)).as("no more until one is answered").isPositive();
      blind.get(0).ended(TurnEnd.answered(Optional.of(left(4)), Duration.ZERO, Optional.empty()));
      one.awaitSaid();
      sent(other);
      assertThat(held(one))
          .as(said + " " + redis.<Object>ask(c -> c.hgetall("{elumenta:default}:pacing")))
          .isGreaterThan(HOUR.minusMinutes(1));
      assertThat(held(other)).isGreaterThan(HOUR.minusMinutes(1));
    }
    assertThat(said).isEmpty();
  }

  @Test
  void oneThatMayEvictIsNotUsedUnlessThatIsAccepted() throws Exception {
    try (RealRedis redis =
            RealRedis.start("--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru");
        RedisPacing machine = patient(redis.address());
        RedisPacing easy = RedisPacing.of(options(redis.address()).allowEviction().build())) {
      learn(machine, 1);
      assertThat(machine.isShared()).isFalse();
      sent(machine);
      assertThat(held(machine)).isPositive();
      learn(easy, 1);
      assertThat(easy.isShared()).isTrue();
    }
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("throws keys away when its memory is full");
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    try (RealRedis redis = RealRedis.start("--requirepass", "right");
        RedisPacing machine =
            RedisPacing.of(
                FleetOptions.at(redis.address()).timeout(PATIENCE).password("wrong").build())) {
      learn(machine, 1);
      assertThat(machine.isShared()).isFalse();
    }
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("refuses user or password").doesNotContain("wrong");
  }

  @Test
  void withoutItNoMachineHasMoreUnderWayThanAllMayHave() throws Exception {
    try (RealRedis redis = RealRedis.start();
        RedisPacing machine =
            RedisPacing.of(options(redis.address()).maxConcurrentRequests(2).build())) {
      redis.kill();
      PacingTurn first = sent(machine);
      sent(machine);
      assertThat(held(machine)).isPositive();
      first.close();
      sent(machine);
    }
  }
}
