package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of documented statuses and codes. */
class DocumentedCodeTest {
  private static final String TABLE =
      """
      400, bad_request,         BadRequestException,         false
      401, not_authenticated,   NotAuthenticatedException,   false
      401, token_expired,       TokenExpiredException,       false
      402, insufficient_tokens, InsufficientTokensException, false
      403, insufficient_plan,   InsufficientPlanException,   false
      404, not_found,           NotFoundException,           false
      422, validation_error,    ValidationException,         false
      429, rate_limit_exceeded, RateLimitException,          true
      500, provider_error,      ProviderException,           true
      503, model_unavailable,   ModelUnavailableException,   true
      """;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void everyDocumentedCodeHasItsException(
      int status, String code, String type, boolean isTransient) {
    ElumentaException failure =
        Answer.of(
            status, "{\"error\": \"%s\", \"message\": \"m\", \"details\": {}}".formatted(code));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.isTransient()).isEqualTo(isTransient);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().code()).map(Object::toString).contains(code);
    assertThat(failure.context().rawCode()).contains(code);
    assertThat(failure.context().serverMessage()).contains("m");
    assertThat(failure.context().details()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequestException",
    "401, NotAuthenticatedException",
    "402, InsufficientTokensException",
    "403, InsufficientPlanException",
    "404, NotFoundException",
    "409, ConflictException",
    "422, ValidationException",
    "429, RateLimitException",
  })
  void aClientErrorIsWhatItsStatusSaysWithoutAnyBody(int status, String type) {
    ElumentaException failure = Answer.of(status).decode();

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().code()).isEmpty();
    assertThat(failure.context().rawCode()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, model_unavailable,   BadRequestException",
    "401, rate_limit_exceeded, NotAuthenticatedException",
    "402, provider_error,      InsufficientTokensException",
    "403, token_expired,       InsufficientPlanException",
    "404, bad_request,         NotFoundException",
    "409, validation_error,    ConflictException",
    "422, bad_request,         ValidationException",
    "429, insufficient_tokens, RateLimitException",
  })
  void aCodeOfAnotherStatusDoesNotChangeAClientError(int status, String code, String type) {
    ElumentaException failure = Answer.of(status, "{\"error\": \"%s\"}".formatted(code));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.context().rawCode()).contains(code);
  }

  @ParameterizedTest
  @CsvSource({
    "500, model_unavailable, ModelUnavailableException",
    "502, model_unavailable, ModelUnavailableException",
    "503, provider_error,    ProviderException",
    "504, provider_error,    ProviderException",
  })
  void aServerErrorIsWhatItsCodeSays(int status, String code, String type) {
    ElumentaException failure = Answer.of(status, "{\"error\": \"%s\"}".formatted(code));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
  }
}
