package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ProviderException;
import ru.elumenta.error.RateLimitException;

class RetryStoryTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();

  @AfterEach
  void stop() {
    service.close();
  }

  private Generation generate() {
    try (ElumentaClient elumenta = service.client(time).build()) {
      return elumenta.generate(Samples.image());
    }
  }

  @Test
  void aRateLimitIsWaitedForAsLongAsTold() {
    service.answers(
        json(429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"slow\"}")
            .withHeader("Retry-After", "12"),
        json(200, Samples.IMAGE_COMPLETED));

    assertThat(generate().fileUrl()).contains("https://storage.elumenta.ru/generations/18491.webp");
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(12));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void theLongestOfHeaderAndBodyIsWaited() {
    service.answers(
        json(429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"slow\",\"retry_after\":20}")
            .withHeader("Retry-After", "12"),
        json(200, Samples.IMAGE_COMPLETED));

    generate();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void aRateLimitThatNamesNoWaitIsWaitedForAMinute() {
    service.answers(
        json(429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"slow\"}"),
        json(200, Samples.IMAGE_COMPLETED));

    generate();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(60));
  }

  @Test
  void serverErrorsThatWereNotChargedAreRetriedWithGrowingBackOff() {
    service.answers(
        json(500, Samples.PROVIDER_ERROR),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(200, Samples.IMAGE_COMPLETED));

    assertThat(generate().getStatus()).isEqualTo(GenerationStatus.COMPLETED);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(service.posts()).isEqualTo(3);
  }

  @Test
  void aServerErrorThatNamesAWaitIsNotRetriedEarlier() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "7"),
        json(200, Samples.IMAGE_COMPLETED));

    generate();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void jitterOnlyEverLengthensTheBackOff() {
    service.answers(
        json(500, Samples.PROVIDER_ERROR),
        json(500, Samples.PROVIDER_ERROR),
        json(200, Samples.IMAGE_COMPLETED));

    try (ElumentaClient elumenta =
        service.client(time).retry(RetryOptions.defaults().withJitter(1)).build()) {
      elumenta.generate(Samples.image());
    }

    assertThat(time.sleeps().get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(time.sleeps().get(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void withoutRetriesARequestIsSentOnce() {
    service.answers(json(500, Samples.PROVIDER_ERROR));

    try (ElumentaClient elumenta = service.client(time).retry(RetryOptions.none()).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(ProviderException.class);
    }

    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theDeadlineSpansAttemptsAndWaits() {
    service.answers(
        json(429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"slow\",\"retry_after\":100}"));

    try (ElumentaClient elumenta = service.client(time).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(RateLimitException.class)
          .hasMessageContaining("would exceed the deadline");
    }

    assertThat(time.sleeps())
        .as("the first wait fits three minutes, the second does not")
        .containsExactly(Duration.ofSeconds(100));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void aPaidRequestThatMayHaveRunIsNotSentAgain() {
    List.of(
            aResponse().withFault(Fault.EMPTY_RESPONSE),
            aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            aResponse().withStatus(502).withBody("<html>Bad gateway</html>"),
            aResponse().withStatus(504),
            aResponse().withStatus(500),
            aResponse().withStatus(503).withHeader("Retry-After", "0"))
        .forEach(
            answer -> {
              try (Service once = new Service().answers(answer);
                  ElumentaClient elumenta = once.client(time).build()) {
                assertThatThrownBy(() -> elumenta.generate(Samples.image()))
                    .isInstanceOf(OutcomeUnknownException.class);
                assertThat(once.posts()).isEqualTo(1);
              }
            });
  }

  @Test
  void aPriceIsAskedForAgainAlthoughItIsAPost() {
    service.answers(
        aResponse().withStatus(502),
        json(200, "{\"token_cost\":13,\"min_token_cost\":5,\"max_token_cost\":13}"));

    try (ElumentaClient elumenta = service.client(time).build()) {
      assertThat(
              elumenta
                  .api(ModelsApi.class)
                  .calculatePrice("dall-e-3", new PriceRequest())
                  .getTokenCost())
          .isEqualTo(13);
    }

    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void everyAttemptCarriesExactlyOneAuthorizationHeader() {
    service.answers(
        json(500, Samples.PROVIDER_ERROR),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(200, Samples.IMAGE_COMPLETED));

    generate();

    assertThat(service.requests())
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization").values())
                    .containsExactly("Bearer " + Service.KEY));
  }
}
