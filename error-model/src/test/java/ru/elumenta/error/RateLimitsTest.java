package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
  private static final Map<String, List<String>> DOCUMENTED =
      Map.of(
          "X-RateLimit-Limit-Hour", List.of("100"),
          "X-RateLimit-Remaining-Hour", List.of("87"),
          "X-RateLimit-Limit-Day", List.of("1000"),
          "X-RateLimit-Remaining-Day", List.of("934"),
          "X-RateLimit-Reset-Hour", List.of("1709903600"));

  @Test
  void theDocumentedHeadersGiveBothWindows() {
    assertThat(RateLimits.from(DOCUMENTED))
        .hasValueSatisfying(
            limits -> {
              assertThat(limits.hour().limit()).hasValue(100);
              assertThat(limits.hour().remaining()).hasValue(87);
              assertThat(limits.hour().reset()).contains(Instant.parse("2024-03-08T13:13:20Z"));
              assertThat(limits.hour().isExhausted()).isFalse();
              assertThat(limits.day().limit()).hasValue(1000);
              assertThat(limits.day().remaining()).hasValue(934);
              assertThat(limits.day().reset()).isEmpty();
              assertThat(limits.day().isUnlimited()).isFalse();
            });
  }

  @Test
  void theContextOfAFailureHasThem() {
    Answer answer = Answer.of(400);
    DOCUMENTED.forEach(
        (name, values) -> answer.header(name.toLowerCase(Locale.ROOT), values.get(0)));

    assertThat(answer.decode().context().rateLimits()).isEqualTo(RateLimits.from(DOCUMENTED));
  }

  @Test
  void withoutAnyOfTheHeadersThereAreNone() {
    assertThat(RateLimits.from(Map.of("Retry-After", List.of("60")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "unlimited", "NaN", "1e99", "9223372036854775808", "0x10"})
  void aHeaderThatCannotBeReadIsAsGoodAsMissing(String value) {
    assertThat(RateLimits.from(Map.of("X-RateLimit-Limit-Hour", List.of(value)))).isEmpty();
  }

  @Test
  void oneReadableHeaderIsEnough() {
    assertThat(RateLimits.from(Map.of("X-RATELIMIT-REMAINING-DAY", List.of(" 3 "))))
        .map(limits -> limits.day().remaining().getAsLong())
        .contains(3L);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, true, false",
    "100, 1, false, false",
    "100, -1, true, false",
    "0, 0, false, true",
    "0, 5, false, true",
    ", 0, true, false",
    "100, , false, false",
  })
  void zeroLeftIsExhaustedUnlessTheLimitIsZero(
      String limit, String remaining, boolean isExhausted, boolean isUnlimited) {
    RateLimits.Window hour =
        RateLimits.from(
                Map.of(
                    "X-RateLimit-Limit-Hour", Optional.ofNullable(limit).stream().toList(),
                    "X-RateLimit-Remaining-Hour", Optional.ofNullable(remaining).stream().toList()))
            .orElseThrow()
            .hour();

    assertThat(hour.isExhausted()).isEqualTo(isExhausted);
    assertThat(hour.isUnlimited()).isEqualTo(isUnlimited);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "99999999999999999", "soon"})
  void aResetThatIsNoMomentIsLeftOut(String reset) {
    Map<String, List<String>> headers =
        Map.of(
            "X-RateLimit-Remaining-Hour", List.of("0"), "X-RateLimit-Reset-Hour", List.of(reset));

    assertThat(RateLimits.from(headers).orElseThrow().hour().reset()).isEmpty();
  }
}
