package ru.elumenta.client.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.Situation;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.BadRequestException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TokenExpiredException;
import ru.elumenta.error.TransportException;
import ru.elumenta.error.UnexpectedResponseException;

class RetryDecisionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RetryOptions OPTIONS = RetryOptions.defaults();

  private static ErrorContext.Builder context(Execution execution) {
    return ErrorContext.builder("POST", "/generate")
        .occurredAt(Instant.parse("2026-03-08T12:00:00Z"))
        .execution(execution);
  }

  private static ElumentaException lost(Execution execution) {
    return new TransportException(context(execution).build(), "reset", null);
  }

  private static ElumentaException limited(String seconds) {
    return new RateLimitException(
        context(Execution.NOT_EXECUTED)
            .status(429)
            .headers(seconds == null ? Map.of() : Map.of("Retry-After", List.of(seconds)))
            .build());
  }

  private static Situation after(int attempts, Duration left) {
    return new Situation(attempts, left, true, false);
  }

  private static RetryDecision decide(ElumentaException failure, boolean idempotent) {
    return decide(failure, idempotent ? WhenUnknown.REPEAT : WhenUnknown.STOP);
  }

  private static RetryDecision decide(ElumentaException failure, WhenUnknown whenUnknown) {
    return RetryDecision.decide(failure, whenUnknown, after(1, MINUTE.multipliedBy(3)), OPTIONS, 0);
  }

  private static GiveUpReason reasonOf(RetryDecision decision) {
    assertThat(decision).isInstanceOf(GiveUp.class);
    return ((GiveUp) decision).reason();
  }

  @Test
  void whatWasNotExecutedIsTriedAgainWhateverTheOperation() {
    assertThat(decide(lost(Execution.NOT_EXECUTED), false))
        .isEqualTo(new Retry(Duration.ofSeconds(1)));
    assertThat(decide(lost(Execution.NOT_EXECUTED), true))
        .isEqualTo(new Retry(Duration.ofSeconds(1)));
  }

  @Test
  void whatMayHaveRunIsTriedAgainOnlyIfIdempotent() {
    assertThat(decide(lost(Execution.UNKNOWN), true)).isInstanceOf(Retry.class);
    assertThat(reasonOf(decide(lost(Execution.UNKNOWN), false)))
        .isEqualTo(GiveUpReason.OUTCOME_UNKNOWN);
  }

  @Test
  void whatMayHaveRunIsLookedUpWhereThatIsPossibleAndNothingElseIs() {
    ElumentaException unreadable =
        new ResponseFormatException(context(Execution.UNKNOWN).status(200).build(), "is cut off");

    assertThat(decide(lost(Execution.UNKNOWN), WhenUnknown.LOOK_UP)).isEqualTo(new LookUp());
    assertThat(decide(unreadable, WhenUnknown.LOOK_UP)).isEqualTo(new LookUp());
    assertThat(decide(lost(Execution.NOT_EXECUTED), WhenUnknown.LOOK_UP)).isInstanceOf(Retry.class);
    assertThat(decide(limited("1"), WhenUnknown.LOOK_UP)).isInstanceOf(Retry.class);
  }

  @Test
  void whatIsNotTransientIsNeverTriedAgain() {
    Function<Execution, ErrorContext> any = execution -> context(execution).status(400).build();

    assertThat(reasonOf(decide(new BadRequestException(any.apply(Execution.NOT_EXECUTED)), true)))
        .isEqualTo(GiveUpReason.NOT_TRANSIENT);
    assertThat(
            reasonOf(decide(new ResponseFormatException(any.apply(Execution.UNKNOWN), "x"), true)))
        .isEqualTo(GiveUpReason.NOT_TRANSIENT);
    assertThat(
            reasonOf(decide(new UnexpectedResponseException(any.apply(Execution.UNKNOWN)), true)))
        .isEqualTo(GiveUpReason.NOT_TRANSIENT);
  }

  @Test
  void theLastAttemptIsNotFollowedByAnother() {
    ElumentaException timeout =
        new CallTimeoutException(context(Execution.UNKNOWN).build(), MINUTE, null);

    assertThat(RetryDecision.decide(timeout, WhenUnknown.REPEAT, after(2, MINUTE), OPTIONS, 0))
        .isEqualTo(new Retry(Duration.ofSeconds(2)));
    assertThat(
            reasonOf(
                RetryDecision.decide(timeout, WhenUnknown.REPEAT, after(3, MINUTE), OPTIONS, 0)))
        .isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  @Test
  void aRateLimitThatNamesNoWaitTakesTheDefault() {
    assertThat(decide(limited(null), false)).isEqualTo(new Retry(OPTIONS.rateLimitWait()));
  }

  @Test
  void aWaitThatEndsWithTheDeadlineOrLaterIsNotBegun() {
    assertThat(
            RetryDecision.decide(limited("59"), WhenUnknown.REPEAT, after(1, MINUTE), OPTIONS, 0))
        .isEqualTo(new Retry(Duration.ofSeconds(59)));
    assertThat(
            reasonOf(
                RetryDecision.decide(
                    limited("60"), WhenUnknown.REPEAT, after(1, MINUTE), OPTIONS, 0)))
        .isEqualTo(GiveUpReason.WAIT_EXCEEDS_DEADLINE);
  }

  @Test
  void aPaidRequestIsNotBegunAMomentBeforeTheDeadline() {
    assertThat(RetryDecision.decide(limited("58"), WhenUnknown.STOP, after(1, MINUTE), OPTIONS, 0))
        .isEqualTo(new Retry(Duration.ofSeconds(58)));
    assertThat(
            reasonOf(
                RetryDecision.decide(
                    limited("59"), WhenUnknown.STOP, after(1, MINUTE), OPTIONS, 0)))
        .isEqualTo(GiveUpReason.WAIT_EXCEEDS_DEADLINE);
  }

  @Test
  void withoutBudgetOnlyWhatTheServiceItselfTimesIsTriedAgain() {
    Situation broke = new Situation(1, MINUTE.multipliedBy(3), false, false);

    assertThat(
            reasonOf(
                RetryDecision.decide(
                    lost(Execution.NOT_EXECUTED), WhenUnknown.STOP, broke, OPTIONS, 0)))
        .isEqualTo(GiveUpReason.BUDGET_EMPTY);
    assertThat(RetryDecision.decide(limited("7"), WhenUnknown.STOP, broke, OPTIONS, 0))
        .isEqualTo(new Retry(Duration.ofSeconds(7)));
  }

  @Test
  void aRefusedTokenIsFollowedByTheNextAtOnceIfThereIsOneAndTime() {
    ElumentaException refused =
        new TokenExpiredException(context(Execution.NOT_EXECUTED).status(401).build());
    Situation renewed = new Situation(9, Duration.ofMillis(1001), false, false, true);
    Situation late = new Situation(1, Duration.ofMillis(1000), true, false, true);

    assertThat(RetryDecision.decide(refused, WhenUnknown.STOP, renewed, OPTIONS, 0))
        .isEqualTo(new Retry(Duration.ZERO));
    assertThat(reasonOf(RetryDecision.decide(refused, WhenUnknown.STOP, late, OPTIONS, 0)))
        .isEqualTo(GiveUpReason.WAIT_EXCEEDS_DEADLINE);
    assertThat(
            reasonOf(
                RetryDecision.decide(
                    lost(Execution.UNKNOWN), WhenUnknown.STOP, renewed, OPTIONS, 0)))
        .isEqualTo(GiveUpReason.OUTCOME_UNKNOWN);
  }

  @Test
  void anUnavailableModelIsNotAskedAgainIfThereIsAnother() {
    Situation choice = new Situation(1, MINUTE, true, true);
    ElumentaException unavailable =
        new ModelUnavailableException(context(Execution.NOT_EXECUTED).status(503).build());

    assertThat(reasonOf(RetryDecision.decide(unavailable, WhenUnknown.LOOK_UP, choice, OPTIONS, 0)))
        .isEqualTo(GiveUpReason.ANOTHER_MODEL);
    assertThat(
            RetryDecision.decide(
                lost(Execution.NOT_EXECUTED), WhenUnknown.LOOK_UP, choice, OPTIONS, 0))
        .isInstanceOf(Retry.class);
  }

  @Property
  void nothingIsTriedEarlierThanAskedNorAfterTheDeadline(
      @ForAll @IntRange(max = 5_000) int told,
      @ForAll @IntRange(max = 5_000) int remaining,
      @ForAll @IntRange(min = 1, max = 9) int attempt,
      @ForAll @DoubleRange(max = 0.99) double random) {
    RetryDecision decision =
        RetryDecision.decide(
            limited(Integer.toString(told)),
            WhenUnknown.STOP,
            after(attempt, Duration.ofSeconds(remaining)),
            OPTIONS.withMaxAttempts(10),
            random);

    if (decision instanceof Retry retry) {
      assertThat(retry.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(told));
      assertThat(retry.delay()).isLessThan(Duration.ofSeconds(remaining));
    } else {
      assertThat(reasonOf(decision)).isEqualTo(GiveUpReason.WAIT_EXCEEDS_DEADLINE);
    }
  }

  @Property
  void backOffGrowsUpToItsLimitAndJitterOnlyLengthens(
      @ForAll @IntRange(min = 1, max = 1_000) int attempt,
      @ForAll @DoubleRange(max = 0.99) double random) {
    RetryDecision decision =
        RetryDecision.decide(
            lost(Execution.NOT_EXECUTED),
            WhenUnknown.LOOK_UP,
            after(attempt, Duration.ofDays(1)),
            OPTIONS.withMaxAttempts(2_000),
            random);

    long exact = attempt > 5 ? 30 : Math.min(30, 1L << (attempt - 1));
    assertThat(((Retry) decision).delay())
        .isBetween(Duration.ofSeconds(exact), Duration.ofMillis(exact * 1250));
  }
}
