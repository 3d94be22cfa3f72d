package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;
import ru.elumenta.error.RateLimits;

/** What the fleet's pacing makes of answers, whichever machine they came to. */
class RedisPacingTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static RealRedis redis;

  private final Hands time = new Hands();
  private final List<RedisPacing> machines = new ArrayList<>();
  private RedisPacing one;
  private RedisPacing other;

  /** A clock that is moved by hand. */
  private static final class Hands implements TimeSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(TimeOfMany.START);

    @Override
    public Instant now() {
      return now.get();
    }

    @Override
    public long nanoTime() {
      return Duration.between(TimeOfMany.START, now.get()).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      now.updateAndGet(before -> before.plus(duration));
    }
  }

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
    one = machine(0);
    other = machine(0);
  }

  @AfterEach
  void stop() {
    machines.forEach(RedisPacing::close);
  }

  private RedisPacing machine(int mostAtOnce) {
    FleetOptionsBuilder options = FleetOptions.at(redis.address()).timeout(PATIENCE);
    if (mostAtOnce > 0) {
      options.maxConcurrentRequests(mostAtOnce);
    }
    RedisPacing machine = new RedisPacing(new FleetConnection(options.build()), true, time);
    machines.add(machine);
    return machine;
  }

  private RateLimits hour(long limit, long remaining, Duration untilReset) {
    return limits(limit, remaining, untilReset, OptionalLong.empty(), OptionalLong.empty());
  }

  private RateLimits limits(
      long limit, long remaining, Duration untilReset, OptionalLong perDay, OptionalLong ofDay) {
    return new RateLimits(
        new RateLimits.Window(
            OptionalLong.of(limit),
            OptionalLong.of(remaining),
            Optional.of(time.now().plus(untilReset))),
        new RateLimits.Window(perDay, ofDay, Optional.empty()));
  }

  private static PacingTurn sent(RedisPacing machine) throws InterruptedException {
    PacingTurn turn = machine.join();
    assertThat(turn.ask(PATIENCE)).isEmpty();
    return turn;
  }

  private void answered(PacingTurn turn, RateLimits limits) {
    ended(turn, TurnEnd.answered(Optional.of(limits), Duration.ZERO, Optional.empty()));
  }

  private void ended(PacingTurn turn, TurnEnd end) {
    turn.ended(end);
    turn.close();
    machines.forEach(RedisPacing::awaitSaid);
  }

  private void refused(PacingTurn turn, Duration wait) {
    ended(turn, TurnEnd.answered(Optional.empty(), Duration.ZERO, Optional.of(wait)));
  }

  private static Duration held(RedisPacing machine) throws InterruptedException {
    Duration held;
    try (PacingTurn turn = machine.join()) {
      held = turn.ask(PATIENCE).map(Held::heldFor).orElse(Duration.ZERO);
    }
    machine.awaitSaid();
    return held;
  }

  private void learn(RedisPacing machine, RateLimits limits) throws InterruptedException {
    answered(sent(machine), limits);
  }

  @Test
  void whatOneMachineLearnsHoldsTheOthersBack() throws Exception {
    learn(one, hour(10, 2, HOUR));

    sent(other);
    sent(one);
    assertThat(held(other)).isEqualTo(HOUR);
    assertThat(held(one)).isEqualTo(HOUR);
  }

  @Test
  void whatIsUnderWayAnywhereIsNotGivenOutAgain() throws Exception {
    learn(one, hour(10, 9, HOUR));
    PacingTurn early = sent(one);
    for (int i = 0; i < 4; i++) {
      sent(other);
    }
    answered(early, hour(10, 8, HOUR)); // of those of the other none was counted so far

    for (int i = 0; i < 4; i++) {
      sent(one);
    }
    assertThat(held(one)).isEqualTo(HOUR);
  }

  @Test
  void whatWasNotSentIsGivenBack() throws Exception {
    learn(one, hour(10, 1, HOUR));
    for (int i = 0; i < 5; i++) {
      ended(sent(one), TurnEnd.notSent());
      sent(other).close();
      other.awaitSaid();
    }

    sent(one);
    assertThat(held(other)).isEqualTo(HOUR);
  }

  @Test
  void theTurnsOfAMachineThatDiedAreGivenBackWithItsLease() throws Exception {
    RedisPacing dying = machine(2);
    RedisPacing living = machine(2);
    learn(living, hour(0, 0, HOUR));
    sent(dying);
    sent(dying);
    try (PacingTurn waiting = living.join()) {
      Held held = waiting.ask(PATIENCE).orElseThrow();
      assertThat(held.reason()).isEqualTo(HeldBack.Reason.CALLS_AT_ONCE);
      assertThat(held.limit()).isEqualTo(2);
      time.sleep(Duration.ofSeconds(16));
      assertThat(waiting.ask(PATIENCE)).isEmpty();
    }
  }

  @Test
  void aTurnThatLastsIsHeldForAsLong() throws Exception {
    FleetOptions options =
        FleetOptions.at(redis.address())
            .lease(Duration.ofMillis(300))
            .maxConcurrentRequests(1)
            .build();
    try (RedisPacing machine = RedisPacing.of(options);
        RedisPacing neighbour = RedisPacing.of(options)) {
      PacingTurn lasting = sent(machine);
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < Duration.ofMillis(1_200).toNanos()) {
        assertThat(held(neighbour)).isPositive();
      }
      lasting.close();
      machine.awaitSaid();
      assertThat(held(neighbour)).isZero();
    }
  }

  @Test
  void whoCameFirstIsServedFirstWhateverTheMachine() throws Exception {
    RedisPacing first = machine(1);
    RedisPacing second = machine(1);
    PacingTurn under = sent(first);
    PacingTurn early = first.join();
    PacingTurn late = second.join();
    assertThat(early.ask(PATIENCE)).isPresent();
    assertThat(late.ask(PATIENCE)).isPresent();

    ended(under, TurnEnd.lost());

    assertThat(late.ask(PATIENCE)).isPresent();
    assertThat(early.ask(PATIENCE)).isEmpty();
    ended(early, TurnEnd.lost());
    assertThat(late.ask(PATIENCE)).isEmpty();
  }

  @Test
  void whoGivesUpOrDiesMakesRoomForThoseBehind() throws Exception {
    RedisPacing first = machine(1);
    RedisPacing second = machine(1);
    PacingTurn under = sent(second);
    PacingTurn givingUp = first.join();
    PacingTurn dying = first.join();
    PacingTurn last = second.join();
    for (PacingTurn each : List.of(givingUp, dying, last)) {
      assertThat(each.ask(PATIENCE)).isPresent();
    }
    ended(under, TurnEnd.lost());
    givingUp.close();
    first.awaitSaid();
    time.sleep(Duration.ofSeconds(14));
    assertThat(last.ask(PATIENCE)).as("behind one that may be alive").isPresent();
    time.sleep(Duration.ofSeconds(2));

    assertThat(last.ask(PATIENCE)).isEmpty();
  }

  @Test
  void whileNothingIsKnownFewAreLetThrough() throws Exception {
    List<PacingTurn> first = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      first.add(sent(i % 2 == 0 ? one : other));
    }
    assertThat(held(one)).isEqualTo(Duration.ofMillis(100));
    answered(first.get(0), hour(10, 9, HOUR));

    for (int i = 0; i < 6; i++) { // nine less the three under way
      sent(other);
    }
    assertThat(held(one)).isEqualTo(HOUR);
  }

  @Test
  void anAccountWithoutLimitsIsNotHeldBack() throws Exception {
    ended(sent(one), TurnEnd.answered(Optional.empty(), Duration.ZERO, Optional.empty()));
    for (int i = 0; i < 20; i++) {
      sent(other);
    }
    learn(one, hour(10, 0, HOUR));
    assertThat(held(one)).isEqualTo(HOUR);
  }

  @Test
  void aRefusalHoldsAllMachinesBackAndOneTriesAfterMinutes() throws Exception {
    refused(sent(one), Duration.ofDays(365));

    assertThat(held(other)).isEqualTo(Duration.ofMinutes(5));
    time.sleep(Duration.ofMinutes(5));
    PacingTurn trial = sent(other);
    assertThat(held(one)).isEqualTo(Duration.ofMinutes(5));
    refused(trial, Duration.ofDays(365));
    assertThat(held(one)).isEqualTo(Duration.ofMinutes(5));
    time.sleep(Duration.ofMinutes(5));
    learn(one, hour(10, 9, HOUR));

    sent(other);
    sent(one);
  }

  @Test
  void anAnswerToWhatWasSentBeforeARefusalDoesNotEndIt() throws Exception {
    PacingTurn before = sent(one);
    refused(sent(other), Duration.ofMinutes(3));
    answered(before, hour(10, 9, HOUR));

    assertThat(held(one)).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void theNextHourBeginsWithAllOfItAndItsEndIsLearnedAnew() throws Exception {
    learn(one, hour(2, 0, HOUR));
    time.sleep(HOUR);

    PacingTurn first = sent(other);
    sent(one);
    assertThat(held(other)).isEqualTo(HOUR);
    answered(first, hour(2, 0, Duration.ofMinutes(59)));
    assertThat(held(other)).isEqualTo(Duration.ofMinutes(59));
  }

  @Test
  void anAnswerOfTheHourBeforeIsNotTakenForThisOne() throws Exception {
    learn(one, hour(2, 1, HOUR));
    PacingTurn late = sent(one);
    time.sleep(HOUR);
    sent(other);
    answered(late, hour(2, 0, Duration.ZERO));

    sent(other);
    assertThat(held(one)).isEqualTo(HOUR);
  }

  @Test
  void aClockThatIsWrongDoesNotShiftTheEndOfTheHour() throws Exception {
    PacingTurn turn = sent(one);
    ended(
        turn,
        TurnEnd.answered(
            Optional.of(hour(10, 0, HOUR.plusMinutes(10))),
            Duration.ofMinutes(10),
            Optional.empty()));

    assertThat(held(other)).isEqualTo(HOUR);
  }

  @Test
  void aUsedUpDayIsTriedEveryFiveMinutesByOneRequestUntilItIsOver() throws Exception {
    learn(one, limits(10, 9, HOUR, OptionalLong.of(20), OptionalLong.of(1)));
    PacingTurn last = sent(other);
    assertThat(held(one)).isEqualTo(Duration.ofMinutes(5));
    answered(last, limits(10, 8, HOUR, OptionalLong.of(20), OptionalLong.of(0)));
    assertThat(held(one)).isEqualTo(Duration.ofMinutes(5));
    time.sleep(Duration.ofMinutes(5));
    PacingTurn trial = sent(one);
    assertThat(held(other)).isEqualTo(Duration.ofMinutes(5));

    answered(
        trial, limits(10, 7, Duration.ofMinutes(55), OptionalLong.of(20), OptionalLong.of(19)));

    for (int i = 0; i < 7; i++) {
      sent(i % 2 == 0 ? one : other);
    }
    assertThat(held(one)).isEqualTo(Duration.ofMinutes(55));
  }

  @Test
  void aRequestCostsTwoCommandsOfWhichOneIsWaitedFor() throws Exception {
    learn(one, hour(0, 0, HOUR));
    long before = scripts();
    for (int i = 0; i < 50; i++) {
      learn(one, hour(0, 0, HOUR));
    }

    assertThat(scripts() - before).isEqualTo(100);
  }

  private static long scripts() {
    return redis
        .ask(commands -> commands.info("commandstats"))
        .lines()
        .filter(line -> line.startsWith("cmdstat_eval"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  @Test
  void whatItKeepsIsSmallAndIsForgotten() throws Exception {
    learn(one, hour(10, 0, HOUR));
    try (PacingTurn waiting = other.join()) {
      waiting.ask(PATIENCE);
      List<String> keys = redis.ask(commands -> commands.keys("*"));
      assertThat(keys)
          .containsExactlyInAnyOrder(
              "{elumenta:default}:pacing",
              "{elumenta:default}:pacing:queue",
              "{elumenta:default}:pacing:places");
      for (String key : keys) {
        assertThat(redis.<Long>ask(commands -> commands.ttl(key))).isBetween(7_000L, 7_200L);
      }
      assertThat(redis.<Long>ask(commands -> commands.memoryUsage("{elumenta:default}:pacing")))
          .isLessThan(1_000);
    }
  }

  @Test
  void closingGivesBackWhatWasSaidLast() throws Exception {
    RedisPacing leaving = machine(0);
    PacingTurn turn = sent(leaving);
    turn.close();
    leaving.close();

    assertThat(redis.<Long>ask(commands -> commands.zcard("{elumenta:default}:pacing:turns")))
        .isZero();
  }
}
