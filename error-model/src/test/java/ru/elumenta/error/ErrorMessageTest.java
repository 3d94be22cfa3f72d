package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message says what happened, what it cost, and what to do. */
class ErrorMessageTest {
  @Test
  void aDocumentedFailureReadsAsWholeSentences() {
    assertThat(
            Answer.of(
                429,
                "{\"error\": \"rate_limit_exceeded\", \"message\": \"Hourly limit reached\","
                    + " \"retry_after\": 847}"))
        .hasMessage(
            "POST /api/v2/generate was answered with 429 rate_limit_exceeded: Hourly limit"
                + " reached. Nothing was executed and nothing was charged. Call again in 847 s, at"
                + " 2026-01-02T03:18:12Z. [1 attempt]");
  }

  @Test
  void anUnknownOutcomeOfAPaidCallSaysSo() {
    assertThat(Answer.of(504).decode())
        .hasMessageContaining("POST /api/v2/generate was answered with 504.")
        .hasMessageContaining("Whether it was executed and charged is unknown.");
  }

  @Test
  void aReadThatFailedCostNothing() {
    assertThat(Answer.of(504).toGet("https://elumenta.ru/api/v2/models?key=s").decode())
        .hasMessageContaining("GET /api/v2/models was answered with 504. A read costs nothing.");
  }

  @Test
  void withoutANamedWaitTheMessageSaysHowLongToLeaveIt() {
    assertThat(Answer.of(429).decode()).hasMessageContaining("leave it at least 60 s");
  }

  @Test
  void aProviderErrorSuggestsAnotherProvider() {
    assertThat(Answer.of(500, "{\"error\": \"provider_error\", \"provider\": \"openai\"}"))
        .hasMessageContaining("use a model of another provider than openai.");
  }

  @Test
  void theRequestIdIsPartOfTheMessage() {
    assertThat(Answer.of(500).header("x-request-id", "req-77").decode())
        .hasMessageEndingWith("[1 attempt, request req-77]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\n", "\\r\\n\\t", "\\u0000", "\\u001b[31m", "\\u007f", "\\u0085", "\\u009b31m"})
  void controlCharactersOfTheServerStayOut(String control) {
    String text = "a" + control + "b";

    assertThat(
            Answer.of(
                422,
                "{\"code\": \"%s\", \"message\": \"%s\", \"fields\": [\"%s\"]}"
                    .formatted(text, text, text)))
        .message()
        .doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void controlCharactersOfTheUrlStayOut() {
    assertThat(
            Answer.of(404)
                .toGet("https://elumenta.ru/api/v2/models/a%0AINFO%20all%20well")
                .decode())
        .message()
        .doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void aLongTextOfTheServerIsCutShort() {
    String message = Answer.of(400, "{\"message\": \"" + "я".repeat(10_000) + "\"}").getMessage();

    assertThat(message).contains("я".repeat(500) + "…").doesNotContain("я".repeat(501));
  }

  @Test
  void theMessageFollowsTheCompletedContext() {
    ElumentaException failure = Answer.of(429).decode();
    assertThat(failure).hasMessageEndingWith("[1 attempt]");

    failure.completeContext(context -> context.attempts(3).remark("No time was left."));

    assertThat(failure).hasMessageEndingWith("No time was left. [3 attempts]");
    assertThat(failure.context().status()).hasValue(429);
  }
}
