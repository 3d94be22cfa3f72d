package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/** The account's limits are at hand after every answer, be it a result or a failure. */
class RateLimitSnapshotTest {
  private final Service service = new Service();
  private final ElumentaClient elumenta =
      service.client(new FakeTime()).retry(RetryOptions.none()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private static ResponseDefinitionBuilder withLimits(
      ResponseDefinitionBuilder answer, int leftOfHour, int leftOfDay) {
    return answer
        .withHeader("X-RateLimit-Limit-Hour", "100")
        .withHeader("X-RateLimit-Remaining-Hour", String.valueOf(leftOfHour))
        .withHeader("X-RateLimit-Reset-Hour", "1772974800")
        .withHeader("X-RateLimit-Limit-Day", "1000")
        .withHeader("X-RateLimit-Remaining-Day", String.valueOf(leftOfDay));
  }

  @Test
  void theClientKeepsWhatTheLastAnswerSaid() {
    service.answers(
        withLimits(json(200, "{\"token_balance\":5}"), 42, 900),
        json(200, "{\"token_balance\":5}"));

    assertThat(elumenta.rateLimits()).isEmpty();
    TypedResponse<Balance> response = elumenta.api(UserApi.class).getBalanceWithResponse();
    elumenta.api(UserApi.class).getBalance(); // says nothing of limits

    RateLimits limits = elumenta.rateLimits().orElseThrow();
    assertThat(limits.hour().limit()).hasValue(100);
    assertThat(limits.hour().remaining()).hasValue(42);
    assertThat(limits.hour().reset()).contains(Instant.parse("2026-03-08T13:00:00Z"));
    assertThat(limits.day().remaining()).hasValue(900);
    assertThat(limits.hour().isExhausted()).isFalse();
    assertThat(RateLimits.from(response.headers())).contains(limits);
    assertThat(elumenta.within(Duration.ofSeconds(1)).rateLimits()).contains(limits);
  }

  @Test
  void hourAndDayAreToldApart() {
    service.answers(
        withLimits(json(429, Samples.RATE_LIMITED), 0, 300),
        withLimits(json(429, Samples.RATE_LIMITED), 55, 0));

    RateLimitException ofHour =
        catchThrowableOfType(
            RateLimitException.class, () -> elumenta.api(UserApi.class).getBalance());
    assertThat(ofHour.context().rateLimits()).isEqualTo(elumenta.rateLimits());
    assertThat(elumenta.rateLimits().orElseThrow().hour().isExhausted()).isTrue();
    assertThat(elumenta.rateLimits().orElseThrow().day().isExhausted()).isFalse();
    assertThat(ofHour.retryAt()).contains(Instant.parse("2026-03-08T13:00:00Z"));

    RateLimitException ofDay =
        catchThrowableOfType(
            RateLimitException.class, () -> elumenta.api(UserApi.class).getBalance());
    assertThat(elumenta.rateLimits().orElseThrow().hour().isExhausted()).isFalse();
    assertThat(elumenta.rateLimits().orElseThrow().day().isExhausted()).isTrue();
    assertThat(ofDay.retryAt()).contains(FakeTime.START.plusSeconds(847));
  }
}
