package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of the hourly window as the wait that a 429 names. */
class HourResetTest {
  private static final String IN_A_MINUTE =
      Long.toString(Answer.NOW.plusSeconds(60).getEpochSecond());

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void countsIfNothingIsLeftOfTheHour(String remaining) {
    assertThat(waitOf(limited(IN_A_MINUTE).header("X-RateLimit-Remaining-Hour", remaining)))
        .contains(Duration.ofSeconds(60));
  }

  @Test
  void countsIfTheServerDoesNotSayWhatIsLeft() {
    assertThat(waitOf(limited(IN_A_MINUTE))).contains(Duration.ofSeconds(60));
  }

  @Test
  void doesNotCountIfSomethingIsLeftOfTheHour() {
    assertThat(waitOf(limited(IN_A_MINUTE).header("X-RateLimit-Remaining-Hour", "1"))).isEmpty();
  }

  @Test
  void doesNotCountForAnotherStatus() {
    assertThat(waitOf(Answer.of(503).header("X-RateLimit-Reset-Hour", IN_A_MINUTE))).isEmpty();
  }

  @Test
  void isCountedFromTheTimeOfTheServer() {
    assertThat(waitOf(limited(IN_A_MINUTE).header("Date", "Fri, 02 Jan 2026 03:05:00 GMT")))
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void inThePastIsZero() {
    assertThat(waitOf(limited("1709903600"))).contains(Duration.ZERO);
  }

  @Test
  void inTheFarFutureIsAnHour() {
    assertThat(waitOf(limited("31556889864403199"))).contains(Duration.ofHours(1));
  }

  @Test
  void withAFractionIsNeverEarly() {
    assertThat(waitOf(limited(IN_A_MINUTE + ".5")))
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(60)));
  }

  @Test
  void yieldsToALongerWait() {
    assertThat(waitOf(limited(IN_A_MINUTE).header("Retry-After", "61")))
        .contains(Duration.ofSeconds(61));
    assertThat(waitOf(limited(IN_A_MINUTE).body("{\"retry_after\": 62}")))
        .contains(Duration.ofSeconds(62));
  }

  @Test
  void outlastsAShorterWait() {
    assertThat(waitOf(limited(IN_A_MINUTE).header("Retry-After", "5").body("{\"retry_after\": 7}")))
        .contains(Duration.ofSeconds(60));
  }

  private static Answer limited(String reset) {
    return Answer.of(429).header("X-RateLimit-Reset-Hour", reset);
  }

  private static Optional<Duration> waitOf(Answer answer) {
    return answer.decode().retryAfter();
  }
}
