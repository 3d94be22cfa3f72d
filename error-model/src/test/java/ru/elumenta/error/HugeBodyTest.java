package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are hard to read by size or depth; none may cost a stack, a heap or a minute. */
@Timeout(20)
class HugeBodyTest {
  private static final int TEN_MEGABYTES = 10_000_000;

  static Stream<Named<String>> hugeBodies() {
    return Stream.of(
        Named.of("10 MB message", "{\"message\": \"" + "я".repeat(TEN_MEGABYTES / 2) + "\"}"),
        Named.of("10 MB number", "{\"required\": " + "9".repeat(TEN_MEGABYTES) + "}"),
        Named.of("10 MB of brackets", "[".repeat(TEN_MEGABYTES)),
        Named.of("10 MB of objects", "{\"details\":".repeat(TEN_MEGABYTES / 11)),
        Named.of("10 MB of numbers", "[" + "1,".repeat(TEN_MEGABYTES / 2) + "1]"),
        Named.of("10 MB of line feeds", "\n".repeat(TEN_MEGABYTES)),
        Named.of("1 MB of fields", fields(30_000)),
        Named.of(
            "2,000 arrays deep", "{\"fields\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}"),
        Named.of("2,000 objects deep", "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)),
        Named.of("900 arrays deep", deepLocation(900)),
        Named.of("900 objects deep", deepMessage(900, "")),
        Named.of("900 objects around 500 KB", deepMessage(900, "x".repeat(500_000))));
  }

  @ParameterizedTest
  @MethodSource("hugeBodies")
  void aHugeBodyGivesTheExceptionOfTheStatus(String body) {
    ElumentaException failure = Answer.of(422, body);

    assertThat(failure).isExactlyInstanceOf(ValidationException.class);
    assertThat(failure.getMessage()).hasSizeLessThan(10_000);
    assertThatNoException().isThrownBy(() -> EveryAccessor.of(failure));
  }

  @ParameterizedTest
  @MethodSource("hugeBodies")
  void aHugeBodyOfAServerErrorLeavesTheOutcomeOpen(String body) {
    ElumentaException failure = Answer.of(503, body);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThatNoException().isThrownBy(() -> EveryAccessor.of(failure));
  }

  @Test
  void tensOfThousandsOfFieldsAreAllListed() {
    assertThat(Answer.of(422).body(fields(30_000)).decodeAs(ValidationException.class).fields())
        .hasSize(30_000);
  }

  @Test
  void deepDetailsDoNotHideTheCode() {
    String body =
        "{\"error\": \"model_unavailable\", \"details\": {\"a\": %s%s}}"
            .formatted("[".repeat(900), "]".repeat(900));

    assertThat(Answer.of(503, body)).isExactlyInstanceOf(ModelUnavailableException.class);
  }

  @Test
  void anAbsurdExponentDoesNotHideTheCode() {
    assertThat(Answer.of(503, "{\"error\": \"model_unavailable\", \"retry_after\": 1e999999999}"))
        .isExactlyInstanceOf(ModelUnavailableException.class);
  }

  private static String fields(int count) {
    return "{\"fields\": ["
        + "{\"field\": \"f\", \"message\": \"m\"},".repeat(count - 1)
        + "{\"field\": \"f\", \"message\": \"m\"}]}";
  }

  private static String deepLocation(int depth) {
    return "{\"detail\": [{\"loc\": %s%s, \"msg\": \"m\"}]}"
        .formatted("[".repeat(depth), "]".repeat(depth));
  }

  private static String deepMessage(int depth, String innermost) {
    return "{\"fields\": [{\"field\": \"f\", \"message\": %s\"%s\"%s}]}"
        .formatted("{\"a\":".repeat(depth), innermost, "}".repeat(depth));
  }
}
