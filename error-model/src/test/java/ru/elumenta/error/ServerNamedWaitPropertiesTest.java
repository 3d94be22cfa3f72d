package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class ServerNamedWaitPropertiesTest {
  private static final long YEAR = Duration.ofDays(365).toSeconds();

  @Property(tries = 300)
  void wholeSecondsAreTheSameInHeaderAndBody(@ForAll @LongRange(max = 365 * 86_400L) long seconds) {
    Optional<Duration> expected = Optional.of(Duration.ofSeconds(seconds));

    assertThat(wait(List.of("" + seconds), Map.of())).isEqualTo(expected);
    assertThat(wait(List.of(), Map.of("retry_after", seconds))).isEqualTo(expected);
    assertThat(wait(List.of(), Map.of("retry_after", "" + seconds))).isEqualTo(expected);
  }

  @Property(tries = 300)
  void aFractionIsNeverEarlyAndLateByLessThanAMillisecond(
      @ForAll @BigRange(min = "0", max = "1000000") @Scale(9) BigDecimal seconds) {
    Duration asked = Duration.ofNanos(seconds.movePointRight(9).longValueExact());

    assertThat(wait(List.of(seconds.toPlainString()), Map.of()))
        .hasValueSatisfying(wait -> assertThat(wait).isBetween(asked, asked.plusNanos(999_999)));
  }

  @Property(tries = 300)
  void theLongestWinsWhereverItStands(
      @ForAll @NotEmpty @Size(max = 5) List<@IntRange(max = 100_000) Integer> headers,
      @ForAll @NotEmpty @Size(max = 5) List<@IntRange(max = 100_000) Integer> folded,
      @ForAll @IntRange(max = 100_000) int body) {
    String list = folded.stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<String> values =
        Stream.concat(headers.stream().map(String::valueOf), Stream.of(list)).toList();
    int longest = Math.max(body, Math.max(Collections.max(headers), Collections.max(folded)));

    assertThat(wait(values, Map.of("retry_after", body))).contains(Duration.ofSeconds(longest));
  }

  @Property(tries = 300)
  void aDateIsTheTimeUntilThenOrZeroOrAYear(
      @ForAll @LongRange(max = 253_402_300_799L) long then,
      @ForAll @LongRange(max = 253_402_300_799L) long now) {
    Headers headers =
        Headers.copyOf(
            Map.of("Retry-After", List.of(httpDate(then)), "Date", List.of(httpDate(now))));

    assertThat(ServerNamedWait.read(503, headers, Map.of(), Answer.NOW))
        .contains(Duration.ofSeconds(Math.min(YEAR, Math.max(0, then - now))));
  }

  @Property(tries = 2000)
  void nothingWrittenThereThrowsOrIsNegative(
      @ForAll("written") String retryAfter,
      @ForAll("written") String date,
      @ForAll("written") String reset,
      @ForAll("written") String remaining,
      @ForAll("written") String body) {
    Headers headers =
        Headers.copyOf(
            Map.of(
                "Retry-After", List.of(retryAfter),
                "Date", List.of(date),
                "X-RateLimit-Reset-Hour", List.of(reset),
                "X-RateLimit-Remaining-Hour", List.of(remaining)));

    assertThat(
            ServerNamedWait.read(429, headers, Map.of("retry_after", body), Answer.NOW)
                .orElse(Duration.ZERO))
        .isBetween(Duration.ZERO, Duration.ofDays(365));
  }

  @Provide
  Arbitrary<String> written() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.strings().withChars("0123456789eE+-., ").ofMaxLength(60),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.doubles().map(String::valueOf),
        Arbitraries.longs()
            .between(0, 253_402_300_799L)
            .map(ServerNamedWaitPropertiesTest::httpDate),
        Arbitraries.of(
            "NaN",
            "Infinity",
            "1e999999999",
            "1e-999999999",
            "-1e2147483647",
            "9".repeat(10_000),
            "Fri, 31 Dec 9999 23:59:59 -1800",
            "Sat, 01 Jan 0000 00:00:00 GMT"));
  }

  private static String httpDate(long epochSecond) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
  }

  private static Optional<Duration> wait(List<String> retryAfter, Map<String, Object> details) {
    return ServerNamedWait.read(
        429, Headers.copyOf(Map.of("Retry-After", retryAfter)), details, Answer.NOW);
  }
}
