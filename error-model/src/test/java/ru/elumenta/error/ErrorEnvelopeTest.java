package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes that an error body comes in. */
class ErrorEnvelopeTest {
  @Test
  void extrasMayStandBesideTheCode() {
    InsufficientTokensException tokens =
        Answer.of(402)
            .body("{\"error\": \"insufficient_tokens\", \"required\": 8, \"available\": 3}")
            .decodeAs(InsufficientTokensException.class);

    assertThat(tokens.shortfall()).hasValue(5);
  }

  @Test
  void extrasMayStandInDetails() {
    RateLimitException limit =
        Answer.of(429)
            .body(
                """
                {"error": "rate_limit_exceeded", "message": "m",
                 "details": {"retry_after": 5, "limit_hour": 100, "limit_day": 1000, "plan": "vip"}}
                """)
            .decodeAs(RateLimitException.class);

    assertThat(limit.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(limit.limitHour()).hasValue(100);
    assertThat(limit.limitDay()).hasValue(1000);
    assertThat(limit.plan()).contains("vip");
  }

  @Test
  void detailsWinOverTheSameNameBesideThem() {
    ErrorContext context =
        Answer.of(402, "{\"required\": 1, \"details\": {\"required\": 8}, \"other\": true}")
            .context();

    assertThat(context.details()).isEqualTo(Map.of("required", 8, "other", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": \"provider_error\", \"provider\": null, \"retry_after\": null}",
        "{\"error\": \"provider_error\", \"retry_after\": null, \"details\": {\"retry_after\": 5}}",
        "{\"error\": \"provider_error\", \"details\": {\"retry_after\": null}, \"retry_after\": 5}",
        "{\"error\": \"provider_error\", \"message\": null, \"details\": null}"
      })
  void aNullBesideTheCodeDoesNotHideTheCode(String body) {
    ElumentaException failure = Answer.of(500, body);

    assertThat(failure).isExactlyInstanceOf(ProviderException.class);
    assertThat(failure.retryAfter())
        .isEqualTo(body.contains("5") ? Optional.of(Duration.ofSeconds(5)) : Optional.empty());
  }

  @Test
  void aSentenceAsErrorIsTheMessage() {
    ElumentaException failure = Answer.of(401, "{\"error\": \"Invalid or expired token\"}");

    assertThat(failure).isExactlyInstanceOf(NotAuthenticatedException.class);
    assertThat(failure.context().serverMessage()).contains("Invalid or expired token");
    assertThat(failure.context().rawCode()).isEmpty();
  }

  @Test
  void anObjectAsErrorIsReadLikeTheEnvelope() {
    ElumentaException failure =
        Answer.of(
            402,
            """
            {"error": {"code": "insufficient_tokens", "message": "Too few",
                       "details": {"required": 8}}, "available": 3}
            """);

    assertThat(failure)
        .isInstanceOfSatisfying(
            InsufficientTokensException.class,
            tokens -> assertThat(tokens.shortfall()).hasValue(5));
    assertThat(failure.context().rawCode()).contains("insufficient_tokens");
    assertThat(failure.context().serverMessage()).contains("Too few");
  }

  @Test
  void aMissingErrorLeavesTheMessage() {
    ElumentaException failure = Answer.of(404, "{\"message\": \"No such generation\"}");

    assertThat(failure).isExactlyInstanceOf(NotFoundException.class);
    assertThat(failure.context().serverMessage()).contains("No such generation");
    assertThat(failure.context().rawCode()).isEmpty();
  }

  @Test
  void aCodeMemberStandsInForError() {
    assertThat(Answer.of(401, "{\"code\": \"token_expired\", \"message\": \"m\"}"))
        .isExactlyInstanceOf(TokenExpiredException.class);
  }

  @Test
  void aSentenceAsDetailIsTheMessage() {
    ElumentaException failure = Answer.of(401, "{\"detail\": \"Not authenticated\"}");

    assertThat(failure).isExactlyInstanceOf(NotAuthenticatedException.class);
    assertThat(failure.context().serverMessage()).contains("Not authenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\": {\"error\": \"model_unavailable\", \"message\": \"Down\"}}",
        "{\"detail\": {\"code\": \"model_unavailable\", \"message\": \"Down\"}}",
        "{\"error\": null, \"detail\": {\"code\": \"model_unavailable\", \"message\": \"Down\"}}",
      })
  void anObjectAsDetailIsReadLikeTheEnvelope(String body) {
    ElumentaException failure = Answer.of(503, body);

    assertThat(failure).isExactlyInstanceOf(ModelUnavailableException.class);
    assertThat(failure.context().serverMessage()).contains("Down");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": \"not_found\", \"message\": null, \"details\": null}",
        "{\"error\": \"not_found\"}",
        "{\"error\": \"not_found\", \"message\": \" \", \"details\": {}}",
      })
  void absentAndNullAndBlankAreTheSame(String body) {
    ErrorContext context = Answer.of(404, body).context();

    assertThat(context.rawCode()).contains("not_found");
    assertThat(context.serverMessage()).isEmpty();
    assertThat(context.details()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n",
        "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>",
        "{\"error\": \"model_unavailable\", \"mess",
        "model_unavailable",
        "null",
        "true",
        "42",
      })
  void aBodyWithoutAnEnvelopeHasNoCodeAndNoDetails(String body) {
    ElumentaException failure = Answer.of(503, body);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure.context().rawCode()).isEmpty();
    assertThat(failure.context().serverMessage()).isEmpty();
    assertThat(failure.context().details()).isEmpty();
    assertThat(failure.context().rawBody().orElse("")).isEqualTo(body);
  }

  @Test
  void aBareStringIsTheMessage() {
    assertThat(Answer.of(400, "\"No prompt\"").context().serverMessage()).contains("No prompt");
  }

  @Test
  void anArrayIsKeptAsFields() {
    assertThat(Answer.of(400, "[1, \"two\"]").context().details())
        .isEqualTo(Map.of("fields", List.of(1, "two")));
  }

  @Test
  void aFailedGenerationThatSaysOverloadedIsAnUnavailableModel() {
    ElumentaException failure =
        Answer.of(
            503,
            "{\"status\": \"failed\", \"error\": \"Service unavailable: model is overloaded\"}");

    assertThat(failure).isExactlyInstanceOf(ModelUnavailableException.class);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().rawCode()).isEmpty();
    assertThat(failure.context().serverMessage())
        .contains("Service unavailable: model is overloaded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\": \"failed\", \"error\": \"Generation timeout: request deadline exceeded\"}",
        "{\"status\": \"pending\", \"error\": \"Service unavailable: model is overloaded\"}",
        "{\"error\": \"Service unavailable: model is overloaded\"}",
      })
  void anyOtherSentenceWith503LeavesTheOutcomeOpen(String body) {
    ElumentaException failure = Answer.of(503, body);

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @Test
  void aFailedGenerationWithAnotherStatusThan503LeavesTheOutcomeOpen() {
    ElumentaException failure =
        Answer.of(
            500,
            "{\"status\": \"failed\", \"error\": \"Service unavailable: model is overloaded\"}");

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }
}
