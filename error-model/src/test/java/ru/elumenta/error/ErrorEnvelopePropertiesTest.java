package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.MapArbitrary;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes, the exception is that of the status, and it can be asked anything. */
class ErrorEnvelopePropertiesTest {
  @Property(tries = 500)
  void anyBytesGiveTheExceptionOfTheStatus(
      @ForAll @IntRange(min = 100, max = 599) int status,
      @ForAll byte[] body,
      @ForAll("headers") Map<String, List<String>> headers) {
    ElumentaException failure = answer(status, body, headers).decode();

    assertThat(failure.getClass())
        .isIn(expected(status, ""), UnexpectedResponseException.class); // as it is JSON, or is not
    checkAnswersOf(failure);
  }

  @Property(tries = 500)
  void anyJsonWithoutAKnownCodeGivesTheExceptionOfTheStatus(
      @ForAll("statuses") int status,
      @ForAll("trees") String body,
      @ForAll("headers") Map<String, List<String>> headers) {
    check(answer(status, body.getBytes(StandardCharsets.UTF_8), headers), expected(status, ""));
  }

  @Property(tries = 3_000)
  void aKnownCodeCountsInEveryShapeOfTheEnvelope(
      @ForAll("statuses") int status,
      @ForAll("codes") String code,
      @ForAll("shapes") String shape,
      @ForAll("trees") String extra) {
    String body = shape.replace("CODE", code).replace("EXTRA", extra);

    check(answer(status, body.getBytes(StandardCharsets.UTF_8), Map.of()), expected(status, code));
  }

  private static void check(Answer answer, Class<? extends ElumentaException> expected) {
    ElumentaException failure = answer.decode();

    assertThat(failure).isExactlyInstanceOf(expected);
    assertThat(failure.execution())
        .isEqualTo(
            expected == UnexpectedResponseException.class && !isRefusal(failure)
                ? Execution.UNKNOWN
                : Execution.NOT_EXECUTED);
    checkAnswersOf(failure);
  }

  private static boolean isRefusal(ElumentaException failure) {
    int status = failure.context().status().orElse(0);
    return status >= 400 && status < 500 && status != 460 && status != 499;
  }

  private static void checkAnswersOf(ElumentaException failure) {
    assertThat(failure.getMessage()).doesNotContainPattern("\\p{Cc}");
    assertThat(failure.toString()).endsWith(failure.getMessage());
    assertThat(failure.retryAfter().orElse(Duration.ZERO))
        .isBetween(Duration.ZERO, Duration.ofDays(365));
    assertThatNoException().isThrownBy(() -> EveryAccessor.of(failure));
  }

  /** The table of documented failures once more, on purpose without a look at the code's own. */
  private static Class<? extends ElumentaException> expected(int status, String code) {
    return switch (status) {
      case 400 -> BadRequestException.class;
      case 401 ->
          code.equals("token_expired")
              ? TokenExpiredException.class
              : NotAuthenticatedException.class;
      case 402 -> InsufficientTokensException.class;
      case 403 -> InsufficientPlanException.class;
      case 404 -> NotFoundException.class;
      case 409 -> ConflictException.class;
      case 422 -> ValidationException.class;
      case 429 -> RateLimitException.class;
      default ->
          switch (status / 100 + code) {
            case "5provider_error" -> ProviderException.class;
            case "5model_unavailable" -> ModelUnavailableException.class;
            default -> UnexpectedResponseException.class;
          };
    };
  }

  private static Answer answer(int status, byte[] body, Map<String, List<String>> headers) {
    Answer answer = Answer.of(status).body(body);
    headers.forEach((name, values) -> answer.header(name, values.toArray(String[]::new)));
    return answer;
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.oneOf(
        Arbitraries.of(400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504),
        Arbitraries.integers().between(100, 599));
  }

  @Provide
  Arbitrary<String> codes() {
    return Arbitraries.of(
        "bad_request",
        "not_authenticated",
        "token_expired",
        "insufficient_tokens",
        "insufficient_plan",
        "not_found",
        "validation_error",
        "rate_limit_exceeded",
        "provider_error",
        "model_unavailable",
        "out_of_cheese");
  }

  @Provide
  Arbitrary<String> shapes() {
    return Arbitraries.of(
        "{\"error\": \"CODE\"}",
        "{\"error\": \"CODE\", \"message\": EXTRA, \"details\": EXTRA}",
        "{\"error\": \"CODE\", \"details\": {\"fields\": EXTRA, \"retry_after\": EXTRA}}",
        "{\"error\": \"CODE\", \"provider\": EXTRA, \"plan\": EXTRA, \"retry_after\": EXTRA}",
        "{\"error\": \"CODE\", \"required\": EXTRA, \"available\": EXTRA, \"limit_day\": EXTRA}",
        "{\"error\": \"A sentence instead.\", \"code\": \"CODE\", \"detail\": EXTRA}",
        "{\"error\": {\"code\": \"CODE\", \"message\": EXTRA, \"details\": EXTRA}, \"x\": EXTRA}",
        "{\"detail\": {\"error\": \"CODE\", \"message\": EXTRA, \"fields\": EXTRA}}");
  }

  @Provide
  Arbitrary<String> trees() {
    return Arbitraries.recursive(
        ErrorEnvelopePropertiesTest::scalars,
        inner -> Arbitraries.oneOf(arrays(inner), objects(inner)),
        0,
        3);
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30).map(text -> TextNode.valueOf(text).toString()),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.of(
            "null",
            "true",
            "8",
            "-3",
            "0.1",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "9".repeat(900),
            "\"1e999999999\"",
            "\"NaN\"",
            "\"\\u001b[31m\\u0085\\u2028\"",
            "\"" + "long ".repeat(2_000) + "\""));
  }

  private static Arbitrary<String> arrays(Arbitrary<String> inner) {
    return inner.list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]");
  }

  private static Arbitrary<String> objects(Arbitrary<String> inner) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(5),
            Arbitraries.of("error", "message", "details", "detail", "code", "status", "type"),
            Arbitraries.of("fields", "field", "loc", "msg", "provider", "plan"),
            Arbitraries.of("required", "available", "retry_after", "limit_hour", "limit_day"));
    return Arbitraries.maps(names, inner)
        .ofMaxSize(4)
        .map(
            members ->
                members.entrySet().stream()
                    .map(member -> TextNode.valueOf(member.getKey()) + ":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
  }

  @Provide
  MapArbitrary<String, List<String>> headers() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().ascii().ofMaxLength(5), // Feign's Response holds no other names
            Arbitraries.of("Retry-After", "retry-after", "Date", "Content-Type", "X-Request-Id"),
            Arbitraries.of("X-RateLimit-Limit-Hour", "X-RateLimit-Remaining-Hour"),
            Arbitraries.of("X-RateLimit-Reset-Hour", "X-RateLimit-Limit-Day"));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(10),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.of("0", "-1", "NaN", "1e999999999", "31, 120", "Fri, 02 Jan 2026"),
            Arbitraries.of("text/html; charset=windows-1251", "application/json;charset=nope"));
    return Arbitraries.maps(names, values.list().ofMaxSize(3)).ofMaxSize(6);
  }
}
