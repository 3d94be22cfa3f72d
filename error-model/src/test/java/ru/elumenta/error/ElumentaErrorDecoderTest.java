package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import ru.elumenta.error.model.ErrorCode;

/** The bodies that the documentation shows, word for word. */
class ElumentaErrorDecoderTest {
  @Test
  void insufficientTokensSaysWhatIsMissing() {
    ElumentaException failure =
        Answer.of(
            402,
            """
            {
              "error": "insufficient_tokens",
              "message": "Insufficient token balance. Required: 8, Available: 3",
              "details": {
                "required": 8,
                "available": 3
              }
            }
            """);

    assertThat(failure)
        .isInstanceOfSatisfying(
            InsufficientTokensException.class,
            tokens -> {
              assertThat(tokens.required()).hasValue(8);
              assertThat(tokens.available()).hasValue(3);
              assertThat(tokens.shortfall()).hasValue(5);
              assertThat(tokens.isTransient()).isFalse();
            });
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().status()).hasValue(402);
    assertThat(failure.context().code()).contains(ErrorCode.INSUFFICIENT_TOKENS);
    assertThat(failure.context().rawCode()).contains("insufficient_tokens");
    assertThat(failure.context().serverMessage())
        .contains("Insufficient token balance. Required: 8, Available: 3");
  }

  @Test
  void rateLimitSaysWhenToCallAgain() {
    ElumentaException failure =
        Answer.of(
            429,
            """
            {
              "error": "rate_limit_exceeded",
              "message": "Hourly limit reached: 100 requests/hour",
              "retry_after": 847,
              "limit_hour": 100,
              "limit_day": 1000
            }
            """);

    assertThat(failure)
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limit -> {
              assertThat(limit.retryAfter()).contains(Duration.ofSeconds(847));
              assertThat(limit.retryAt()).contains(Instant.parse("2026-01-02T03:18:12Z"));
              assertThat(limit.limitHour()).hasValue(100);
              assertThat(limit.limitDay()).hasValue(1000);
              assertThat(limit.plan()).isEmpty();
              assertThat(limit.isTransient()).isTrue();
            });
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().code()).contains(ErrorCode.RATE_LIMIT_EXCEEDED);
  }

  @Test
  void rateLimitNamesThePlanWhereTheServiceDoes() {
    RateLimitException limit =
        Answer.of(429)
            .body(
                """
                {"error": "rate_limit_exceeded",
                 "message": "Hourly limit reached: 100 requests/hour on VIP plan",
                 "retry_after": 847, "plan": "vip", "limit_hour": 100, "limit_day": 1000}
                """)
            .decodeAs(RateLimitException.class);

    assertThat(limit.plan()).contains("vip");
  }

  @Test
  void rateLimitTakesTheLimitsFromTheHeadersWhereTheBodyHasNone() {
    RateLimitException limit =
        Answer.of(429)
            .header("X-RateLimit-Limit-Hour", "100")
            .header("X-RateLimit-Limit-Day", "1000")
            .decodeAs(RateLimitException.class);

    assertThat(limit.limitHour()).hasValue(100);
    assertThat(limit.limitDay()).hasValue(1000);
    assertThat(limit.retryAfter()).isEmpty();
    assertThat(limit.retryAt()).isEmpty();
  }

  @Test
  void providerErrorNamesTheProviderAndIsNotCharged() {
    ElumentaException failure =
        Answer.of(
            500,
            """
            {
              "error": "provider_error",
              "message": "Provider returned an error. No tokens were charged.",
              "provider": "openai"
            }
            """);

    assertThat(failure)
        .isInstanceOfSatisfying(
            ProviderException.class,
            provider -> {
              assertThat(provider.provider()).contains("openai");
              assertThat(provider.isTransient()).isTrue();
            });
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().code()).contains(ErrorCode.PROVIDER_ERROR);
  }

  @Test
  void validationErrorListsTheRefusedFields() {
    ElumentaException failure =
        Answer.of(
            422,
            """
            {
              "error": "validation_error",
              "message": "Request validation failed",
              "details": {
                "fields": [
                  {
                    "field": "size",
                    "message": "Value '512x512' is not valid for model dall-e-3. Valid sizes: 1024x1024, 1024x1792, 1792x1024"
                  }
                ]
              }
            }
            """);

    assertThat(failure)
        .isInstanceOfSatisfying(
            ValidationException.class,
            validation ->
                assertThat(validation.fields())
                    .containsExactly(
                        new FieldError(
                            "size",
                            "Value '512x512' is not valid for model dall-e-3."
                                + " Valid sizes: 1024x1024, 1024x1792, 1792x1024")));
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.context().code()).contains(ErrorCode.VALIDATION_ERROR);
  }
}
