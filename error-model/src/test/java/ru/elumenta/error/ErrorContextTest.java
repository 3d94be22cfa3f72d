package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorContextTest {
  @Test
  void headersAreFoundInAnyCase() {
    ErrorContext context = Answer.of(400).header("X-TRACE", "one", "two").decode().context();

    assertThat(context.header("x-trace")).contains("one");
    assertThat(context.headers().get("x-Trace")).containsExactly("one", "two");
    assertThat(context.header("x-other")).isEmpty();
  }

  @Test
  void theSameHeaderInTwoCasesKeepsAllItsValues() {
    ErrorContext context =
        ErrorContext.builder("GET", "/models")
            .headers(Map.of("Retry-After", List.of("30"), "retry-after", List.of("60")))
            .build();

    assertThat(context.headers().get("Retry-After")).containsExactlyInAnyOrder("30", "60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Request-Id", "x-request-id", "Request-Id", "X-Correlation-ID"})
  void theRequestIdIsTakenFromTheUsualHeaders(String header) {
    assertThat(Answer.of(400).header(header, "req-77").decode().context().requestId())
        .contains("req-77");
  }

  @Test
  void withoutSuchAHeaderThereIsNoRequestId() {
    assertThat(Answer.of(400).header("Date", "req-77").decode().context().requestId()).isEmpty();
  }

  @Test
  void aDecodedResponseIsOneUnmeasuredAttempt() {
    ErrorContext context = Answer.of(400).decode().context();

    assertThat(context.attempts()).isEqualTo(1);
    assertThat(context.elapsed()).isEqualTo(Duration.ZERO);
    assertThat(context.occurredAt()).isEqualTo(Answer.NOW);
    assertThat(context.generationId()).isEmpty();
    assertThat(context.remark()).isEmpty();
  }

  @Test
  void methodAndPathNameTheCallWithoutHostAndQuery() {
    ErrorContext context =
        Answer.of(400).toGet("https://elumenta.ru/api/v2/models?key=secret").decode().context();

    assertThat(context.method()).isEqualTo("GET");
    assertThat(context.path()).isEqualTo("/api/v2/models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elumenta.ru", "not a uri", "mailto:a@b"})
  void anOddUrlLeavesTheRoot(String url) {
    assertThat(Answer.of(400).toGet(url).decode().context().path()).isEqualTo("/");
  }

  @Test
  void detailsAndHeadersCannotBeChanged() {
    ErrorContext context = Answer.of(400, "{\"a\": 1}").context();

    assertThatThrownBy(() -> context.details().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> context.headers().put("a", List.of()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aContextIsNotChangedThroughItsBuilder() {
    ErrorContext context = Answer.of(400).decode().context();

    ErrorContext changed = context.toBuilder().attempts(3).generationId("gen_abc123").build();

    assertThat(context.attempts()).isEqualTo(1);
    assertThat(changed.attempts()).isEqualTo(3);
    assertThat(changed.generationId()).contains("gen_abc123");
    assertThat(changed.status()).hasValue(400);
  }

  @Test
  void withoutAResponseThereIsNoStatus() {
    assertThat(ErrorContext.builder("GET", "/models").build().status()).isEmpty();
  }
}
