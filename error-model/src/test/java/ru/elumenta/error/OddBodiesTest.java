package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that once broke something. */
class OddBodiesTest {
  @Test
  void aCodeWithoutEndIsTakenForASentenceAndOverflowsNothing() {
    String endless = "a" + "_a".repeat(400_000);

    ElumentaException failure = Answer.of(400, "{\"error\":\"" + endless + "\"}");

    assertThat(failure).isExactlyInstanceOf(BadRequestException.class);
    assertThat(failure.context().rawCode()).isEmpty();
    assertThat(failure.getMessage()).hasSizeLessThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 847, 847", "847, 0, 847", "'\"soon\"', 847, 847", "847, '\"soon\"', 847"})
  void ofTwoWaitsInOneBodyTheLongerOneIsTaken(String inside, String outside, long seconds) {
    ElumentaException failure =
        Answer.of(
            429,
            "{\"error\":\"rate_limit_exceeded\",\"details\":{\"retry_after\":%s},\"retry_after\":%s}"
                .formatted(inside, outside));

    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void anotherMemberNamedStatusDoesNotHideTheCode() {
    ElumentaException failure =
        Answer.of(401, "{\"status\":\"error\",\"error\":\"token_expired\"}");

    assertThat(failure).isExactlyInstanceOf(TokenExpiredException.class);
  }

  @Test
  void aByteOrderMarkHidesNothing() {
    ElumentaException failure = Answer.of(503, "\uFEFF{\"error\":\"model_unavailable\"}");

    assertThat(failure).isExactlyInstanceOf(ModelUnavailableException.class);
  }

  @Test
  void aTokenOfAnyLengthIsRedacted() {
    String token = "nb_" + "Aa0/+".repeat(2_000);
    Request request =
        Request.create(
            Request.HttpMethod.POST,
            "http://localhost",
            Map.of("Authorization", List.of("Bearer " + token)),
            null,
            null,
            null);

    CredentialRedaction redaction = CredentialRedaction.of(request);

    assertThat(redaction.apply("x " + token + " y")).isEqualTo("x [redacted] y");
    assertThat(redaction.apply(token.replace("/", "\\/"))).isEqualTo("[redacted]");
    assertThat(redaction.apply(token.replace("+", "\\u002B"))).isEqualTo("[redacted]");
    assertThat(redaction.apply(token.substring(1))).isEqualTo(token.substring(1));
  }
}
