package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** What the gauges show. */
class StateTest {
  private final Watched watched = new Watched();

  @AfterEach
  void stop() {
    watched.close();
  }

  private static GenerationRequest asked(String model) {
    return new GenerationRequest().model(model).prompt("A");
  }

  @Test
  void aBreakerIsOpenUntilATrialWasAnswered() {
    try (ElumentaClient elumenta =
        watched
            .client()
            .retry(RetryOptions.none())
            .circuitBreaker(
                CircuitBreakerOptions.defaults().withFailures(1).withPause(Duration.ofSeconds(30)))
            .build()) {
      watched.service.next(2).fail(Fault.modelUnavailable());
      catchThrowable(() -> elumenta.generate(asked("dall-e-3")));
      assertThat(watched.count("elumenta.breaker.open", "elumenta.model", "dall-e-3")).isEqualTo(1);

      watched.service.advance(Duration.ofHours(1));
      catchThrowable(() -> elumenta.generate(asked("dall-e-3"))); // the trial fails
      assertThat(watched.count("elumenta.breaker.open")).isEqualTo(1);
      assertThat(watched.count("elumenta.breaker.opened")).isEqualTo(2);

      watched.service.advance(Duration.ofHours(1));
      elumenta.generate(asked("dall-e-3"));
      assertThat(watched.count("elumenta.breaker.open")).isZero();
    }
  }

  @Test
  void theAccountHasLeftWhatTheLastAnswerSaid() {
    try (ElumentaClient elumenta = watched.client().build()) {
      assertThat(watched.meters.get("elumenta.requests.left").gauges())
          .allSatisfy(gauge -> assertThat(gauge.value()).isNaN());

      elumenta.generate(asked("dall-e-3"));

      assertThat(watched.count("elumenta.requests.left", "elumenta.window", "hour")).isEqualTo(99);
      assertThat(watched.count("elumenta.requests.left", "elumenta.window", "day")).isEqualTo(999);
      assertThat(watched.count("elumenta.requests.allowed", "elumenta.window", "hour"))
          .isEqualTo(100);
    }
  }

  @Test
  void aClientInThePlaceOfAnotherHasTheGauges() {
    try (ElumentaClient first = watched.client().build()) {
      first.generate(asked("dall-e-3"));
    }
    try (ElumentaClient second = watched.client().build()) {
      second.generate(asked("dall-e-3"));
      assertThat(watched.meters.get("elumenta.requests.left").gauges()).hasSize(2);
      assertThat(watched.count("elumenta.requests.left", "elumenta.window", "hour")).isEqualTo(98);
    }
  }

  @Test
  void jobsThatAreWaitedForAreShown() {
    try (Watched other =
            new Watched(ElumentaSimulator.builder().time(TimeSource.system()).start());
        ElumentaClient elumenta = other.client().build()) {
      other.service.next(2).fail(Fault.neverEndingJob());
      GenerationJob first = elumenta.submit(asked("kling-v2.1"));
      GenerationJob second = elumenta.submit(asked("kling-v2.1"));
      CompletableFuture<?> one = first.awaitAsync();
      CompletableFuture<?> two = second.awaitAsync();
      assertThat(other.count("elumenta.waiting.jobs")).isEqualTo(2);
      one.cancel(true);
      assertThat(other.count("elumenta.waiting.jobs")).isEqualTo(1);
      two.cancel(true);
      assertThat(other.count("elumenta.waiting.jobs")).isZero();
    }
  }

  @Test
  void aCallThatIsHeldBackIsCountedWithItsReason() {
    watched.service.exhaustHour();
    try (ElumentaClient elumenta =
        watched.client().pacing(true).callTimeout(Duration.ofHours(2)).build()) {
      catchThrowable(() -> elumenta.api(UserApi.class).getBalance());
      catchThrowable(() -> elumenta.api(UserApi.class).getBalance());
    }
    assertThat(watched.count("elumenta.held.back", "elumenta.reason", "pacing"))
        .isGreaterThanOrEqualTo(1);
  }
}
