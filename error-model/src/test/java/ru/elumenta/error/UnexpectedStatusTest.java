package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statuses and codes that the documentation does not know. */
class UnexpectedStatusTest {
  @ParameterizedTest
  @CsvSource({
    "302, UNKNOWN",
    "405, NOT_EXECUTED",
    "407, NOT_EXECUTED",
    "408, NOT_EXECUTED",
    "413, NOT_EXECUTED",
    "418, NOT_EXECUTED",
    "460, UNKNOWN",
    "499, UNKNOWN",
    "500, UNKNOWN",
    "502, UNKNOWN",
    "503, UNKNOWN",
    "504, UNKNOWN",
    "599, UNKNOWN"
  })
  void anythingUndocumentedIsUnexpectedAndOnlyARefusalIsProvablyNotExecuted(
      int status, Execution execution) {
    ElumentaException failure = Answer.of(status, "whatever it was");

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(execution);
    assertThat(failure.context().status()).hasValue(status);
    assertThat(failure.context().rawBody()).contains("whatever it was");
  }

  @ParameterizedTest
  @ValueSource(strings = {"insufficient_tokens", "bad_request", "rate_limit_exceeded"})
  void aServerErrorWithTheCodeOfAClientErrorIsUnexpected(String code) {
    ElumentaException failure = Answer.of(503, "{\"error\": \"%s\"}".formatted(code));

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure.context().rawCode()).contains(code);
  }

  @Test
  void anUnknownCodeSurvivesAsText() {
    ElumentaException failure =
        Answer.of(500, "{\"error\": \"out_of_cheese\", \"message\": \"Redo from start\"}");

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.context().code()).isEmpty();
    assertThat(failure.context().rawCode()).contains("out_of_cheese");
    assertThat(failure).hasMessageContaining("out_of_cheese: Redo from start");
  }

  @ParameterizedTest
  @CsvSource({"302, false", "405, false", "418, false", "500, true", "502, true", "504, true"})
  void onlyServerErrorsMayPassByThemselves(int status, boolean isTransient) {
    assertThat(Answer.of(status).decode().isTransient()).isEqualTo(isTransient);
  }

  @ParameterizedTest
  @CsvSource({
    "302, Redirects are not followed",
    "418, Check the base URL",
    "504, try again later",
  })
  void theAdviceFitsTheStatus(int status, String advice) {
    assertThat(Answer.of(status).decode()).hasMessageContaining(advice);
  }
}
