package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may write to name a wait; the local clock stands at 03:04:05 on Friday. */
class ServerNamedWaitTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1000", "847, 847000", "' 60 ', 60000", "1e2, 100000"})
  void secondsAreTakenAsTheyAre(String value, long millis) {
    assertThat(header(value)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 500", "1.0001, 1001", "0.0000001, 1", "1e-9, 1", "31.999999, 32000"})
  void fractionsAreRoundedUp(String value, long millis) {
    assertThat(header(value)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.5", "-1e30", "-9223372036854775809"})
  void aNegativeWaitIsZero(String value) {
    assertThat(header(value)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31536001", "9223372036854775808", "99999999999999999999", "1e30"})
  void aWaitBeyondAYearIsAYear(String value) {
    assertThat(header(value)).contains(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "NaN",
        "Infinity",
        "-Infinity",
        "soon",
        "60 seconds",
        "0x10",
        "1_000",
        "1e",
        "Fri, 02 Jan",
        "2026-01-02T03:05:05Z"
      })
  void whatIsNeitherNumberNorDateNamesNoWait(String value) {
    assertThat(header(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          31, 120      | 120
          120, 31      | 120
          120,31       | 120
          31,120       | 31120
          1,000,000    | 1000000
          31,,120      | 120
          5, soon, 7   | 7
          1, 500       | 500
          """)
  void ofAListTheLongestCountsAndThousandsAreOneNumber(String value, long seconds) {
    assertThat(header(value)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 02 Jan 2026 03:05:05 GMT",
        "Friday, 02-Jan-26 03:05:05 GMT",
        "Fri Jan  2 03:05:05 2026"
      })
  void aDateIsReadInEachFormThatHttpHasHad(String value) {
    assertThat(header(value)).contains(Duration.ofMinutes(1));
  }

  @Test
  void aDateIsAWaitFromTheLocalTime() {
    assertThat(header("Fri, 02 Jan 2026 03:05:05 GMT")).contains(Duration.ofSeconds(60));
  }

  @Test
  void aDateIsAWaitFromTheTimeOfTheServerIfItSays() {
    assertThat(
            wait(
                503,
                Map.of(
                    "date", List.of("Fri, 02 Jan 2026 03:00:00 GMT"),
                    "retry-after", List.of("Fri, 02 Jan 2026 03:00:30 GMT"))))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void anUnreadableDateOfTheServerIsReplacedByTheLocalTime() {
    assertThat(
            wait(
                503,
                Map.of(
                    "Date", List.of("today"),
                    "Retry-After", List.of("Fri, 02 Jan 2026 03:05:05 GMT"))))
        .contains(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fri, 02 Jan 2026 03:04:04 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"})
  void aDateInThePastIsZero(String value) {
    assertThat(header(value)).contains(Duration.ZERO);
  }

  @Test
  void aDateBeyondAYearIsAYear() {
    assertThat(header("Fri, 31 Dec 9999 23:59:59 GMT")).contains(Duration.ofDays(365));
  }

  @Test
  void ofSeveralHeadersTheLongestCounts() {
    assertThat(
            wait(
                503,
                Map.of("Retry-After", List.of("5", "Fri, 02 Jan 2026 03:04:45 GMT", "7", "x"))))
        .contains(Duration.ofSeconds(40));
  }

  @Test
  void theSameHeaderInTwoCasesCountsTwice() {
    assertThat(wait(503, Map.of("Retry-After", List.of("5"), "retry-after", List.of("7"))))
        .contains(Duration.ofSeconds(7));
    assertThat(wait(503, Map.of("Retry-After", List.of("7"), "retry-after", List.of("5"))))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void theBodyNamesAWaitAsNumberOrAsText() {
    assertThat(body(847)).contains(Duration.ofSeconds(847));
    assertThat(body(0.5)).contains(Duration.ofMillis(500));
    assertThat(body(new BigDecimal("1.0001"))).contains(Duration.ofMillis(1001));
    assertThat(body("847")).contains(Duration.ofSeconds(847));
    assertThat(body(-3)).contains(Duration.ZERO);
  }

  @Test
  void theBodyMayHoldAnythingElse() {
    assertThat(body(true)).isEmpty();
    assertThat(body(List.of(5))).isEmpty();
    assertThat(body(Map.of("seconds", 5))).isEmpty();
    assertThat(body(Double.NaN)).isEmpty();
    assertThat(body(Double.POSITIVE_INFINITY)).isEmpty();
    assertThat(body("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 7", "7, 5, 7", "soon, 7, 7", "7, soon, 7"})
  void ofHeaderAndBodyTheLongerCounts(String header, String body, long seconds) {
    assertThat(
            ServerNamedWait.read(
                429,
                Headers.copyOf(Map.of("Retry-After", List.of(header))),
                Map.of("retry_after", body),
                Answer.NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void nothingNamedIsNoWait() {
    assertThat(wait(429, Map.of())).isEmpty();
  }

  private static Optional<Duration> header(String value) {
    return wait(429, Map.of("Retry-After", List.of(value)));
  }

  private static Optional<Duration> wait(int status, Map<String, List<String>> headers) {
    return ServerNamedWait.read(status, Headers.copyOf(headers), Map.of(), Answer.NOW);
  }

  private static Optional<Duration> body(Object value) {
    return ServerNamedWait.read(
        429, Headers.copyOf(Map.of()), Map.of("retry_after", value), Answer.NOW);
  }
}
