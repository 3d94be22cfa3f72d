package ru.elumenta.client.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.FakeTime;
import ru.elumenta.error.RateLimits;

/** What pacing makes of the answers, whatever they say. */
class RequestPacingTest {
  private static final long IN_AN_HOUR = FakeTime.START.getEpochSecond() + 3_600;

  private final FakeTime time = new FakeTime();
  private final RequestPacing pacing = new RequestPacing(time);

  private static RateLimits limits(Object limit, Object remaining, Object reset) {
    return RateLimits.from(
            Map.of(
                "X-RateLimit-Limit-Hour", List.of(limit.toString()),
                "X-RateLimit-Remaining-Hour", List.of(remaining.toString()),
                "X-RateLimit-Reset-Hour", List.of(reset.toString())))
        .orElseThrow();
  }

  private Duration ask() {
    return pacing.ask(pacing.join());
  }

  private void learn(RateLimits limits) {
    assertThat(ask()).isZero();
    pacing.answered(limits, pacing.answersSoFar(), () -> Duration.ZERO);
  }

  @Test
  void whatIsLeftIsCountedDownWithoutWaitingForAnswers() {
    learn(limits(10, 2, IN_AN_HOUR));

    assertThat(ask()).isZero();
    assertThat(ask()).isZero();
    assertThat(ask()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void answersThatOvertakeEachOtherDoNotMakeItMore() {
    learn(limits(10, 3, IN_AN_HOUR));
    long before = pacing.answersSoFar();
    ask();
    ask();
    ask();
    pacing.answered(limits(10, 0, IN_AN_HOUR), before, () -> Duration.ZERO);
    pacing.answered(limits(10, 2, IN_AN_HOUR), before, () -> Duration.ZERO);
    pacing.answered(limits(10, 1, IN_AN_HOUR), before, () -> Duration.ZERO);

    assertThat(ask()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatWasNotSentIsGivenBack() {
    learn(limits(10, 1, IN_AN_HOUR));
    for (int refused = 0; refused < 20; refused++) {
      assertThat(ask()).isZero();
      pacing.notSent();
    }

    assertThat(ask()).isZero();
    assertThat(ask()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aRefusalOfMonthsIsTriedAfterMinutesByOneRequestAtATime() throws InterruptedException {
    pacing.refused(Duration.ofDays(365));

    assertThat(ask()).isEqualTo(Duration.ofMinutes(5));
    time.sleep(Duration.ofMinutes(5));
    assertThat(ask()).isZero();
    assertThat(ask()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aTrialThatIsAcceptedEndsTheRefusal() throws InterruptedException {
    long beforeRefusal = pacing.answersSoFar();
    pacing.refused(Duration.ofDays(365));
    pacing.accepted(beforeRefusal);
    assertThat(ask()).as("an answer to what was sent before says nothing").isPositive();
    time.sleep(Duration.ofMinutes(5));
    assertThat(ask()).isZero();

    pacing.accepted(pacing.answersSoFar());

    assertThat(ask()).isZero();
    assertThat(ask()).isZero();
  }

  @Test
  void aTrialThatIsRefusedIsFollowedByTheNextMinutesLater() throws InterruptedException {
    pacing.refused(Duration.ofDays(365));
    time.sleep(Duration.ofMinutes(5));
    assertThat(ask()).isZero();
    pacing.refused(Duration.ofDays(365));

    assertThat(ask()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aResetThatIsMoreThanAnHourAwayIsNoneOfThisHour() {
    learn(limits(10, 0, IN_AN_HOUR + 3_590));
    learn(limits(10, 9, IN_AN_HOUR));

    assertThat(ask()).isZero();
  }

  @Test
  void requestsThatTheServiceDoesNotCountAreGivenBack() {
    learn(limits(10, 2, IN_AN_HOUR));
    for (int poll = 0; poll < 50; poll++) {
      learn(limits(10, 2, IN_AN_HOUR));
    }
    ask();
    for (int poll = 0; poll < 50; poll++) { // with one request always under way
      learn(limits(10, 2, IN_AN_HOUR));
    }

    assertThat(ask()).isZero();
  }

  @Test
  void aClockThatIsAheadOrBehindDoesNotShiftTheEndOfTheHour() {
    assertThat(ask()).isZero();
    pacing.answered(limits(10, 0, IN_AN_HOUR + 600), 0, () -> Duration.ofMinutes(10));

    assertThat(ask()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void theNextHourBeginsWithAllOfIt() throws InterruptedException {
    learn(limits(2, 0, IN_AN_HOUR));
    time.sleep(Duration.ofHours(1));

    assertThat(ask()).isZero();
    assertThat(ask()).isZero();
    assertThat(ask()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aLateAnswerOfTheHourBeforeIsNotTakenForThisOne() throws InterruptedException {
    learn(limits(2, 1, IN_AN_HOUR));
    ask();
    time.sleep(Duration.ofHours(1));
    pacing.answered(limits(2, 0, IN_AN_HOUR), 1, () -> Duration.ZERO);

    assertThat(ask()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        1_000,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        253_402_300_799L,
        31_556_889_864_403_199L
      })
  void anEndThatMakesNoSenseIsIgnored(long reset) {
    assertThat(ask()).isZero();
    pacing.answered(limits(10, 0, reset), 0, () -> Duration.ofSeconds(-1));

    assertThat(ask()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void aLimitThatIsNoneHoldsNothingBack(long limit) {
    learn(limits(limit, 0, IN_AN_HOUR));

    assertThat(ask()).isZero();
  }

  @Test
  void whoGivesUpMakesRoomForThoseBehind() {
    learn(limits(1, 0, IN_AN_HOUR));
    long first = pacing.join();
    long second = pacing.join();

    assertThat(pacing.ask(second)).isEqualTo(Duration.ofHours(2));
    pacing.leave(first);
    assertThat(pacing.ask(second)).isEqualTo(Duration.ofHours(1));
  }
}
