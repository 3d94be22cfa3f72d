package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;

/** A model that is unavailable again and again is left alone; the others are not. */
class CircuitBreakerTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final List<String> opened = new ArrayList<>();
  private final ElumentaClient elumenta =
      service
          .client(time)
          .retry(RetryOptions.none())
          .recovery(Recovery.FAIL)
          .circuitBreaker(
              CircuitBreakerOptions.defaults().withFailures(3).withPause(Duration.ofSeconds(30)))
          .listener(
              new CallListener() {
                @Override
                public void breakerOpened(String model, Duration pause) {
                  opened.add(model + " for " + pause.toSeconds() + " s");
                }
              })
          .build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private static GenerationRequest request(String model) {
    return Samples.image().model(model);
  }

  private void unavailable(int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> elumenta.generate(request("busy")))
          .isInstanceOf(ModelUnavailableException.class);
    }
  }

  @Test
  void afterAStormOf503sNothingIsSentToThatModel() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE));
    unavailable(3);

    CircuitOpenException e =
        catchThrowableOfType(CircuitOpenException.class, () -> elumenta.generate(request("busy")));

    assertThat(service.posts()).isEqualTo(3);
    assertThat(opened).containsExactly("busy for 30 s");
    assertThat(e.model()).isEqualTo("busy");
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().attempts()).isZero();
    assertThat(e.retryAt().orElseThrow())
        .isBetween(FakeTime.START.plusSeconds(30), FakeTime.START.plusSeconds(31));
    assertThat(e)
        .hasMessageContaining("POST /generate was not sent: the circuit breaker of busy is open")
        .hasMessageContaining("Nothing was executed and nothing was charged.")
        .hasMessageContaining("or use another model");
  }

  @Test
  void anotherModelIsAskedAsBefore() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(200, Samples.IMAGE_COMPLETED));
    unavailable(3);

    assertThat(elumenta.generate(request("idle")).fileUrl()).isPresent();
    assertThat(service.posts()).isEqualTo(4);
  }

  @Test
  void afterThePauseOneRequestTriesAndAnAnswerClosesIt() throws InterruptedException {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(200, Samples.IMAGE_COMPLETED));
    unavailable(3);
    time.sleep(Duration.ofSeconds(30));

    elumenta.generate(request("busy"));
    elumenta.generate(request("busy"));

    assertThat(service.posts()).isEqualTo(5);
  }

  @Test
  void aTrialThatFailsBeginsThePauseAnew() throws InterruptedException {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE));
    unavailable(3);
    time.sleep(Duration.ofSeconds(30));

    unavailable(1);
    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(CircuitOpenException.class);
    assertThat(service.posts()).isEqualTo(4);
    assertThat(opened).hasSize(2);
  }

  @Test
  void aTrialWhoseAnswerIsLostBeginsThePauseAnewToo() throws InterruptedException {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        aResponse().withFault(Fault.EMPTY_RESPONSE),
        json(200, Samples.IMAGE_COMPLETED));
    unavailable(3);
    time.sleep(Duration.ofSeconds(30));

    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(ElumentaException.class)
        .isNotInstanceOf(CircuitOpenException.class);
    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(CircuitOpenException.class);
    time.sleep(Duration.ofSeconds(30));
    elumenta.generate(request("busy"));
    assertThat(service.posts()).isEqualTo(5);
  }

  @Test
  void itStaysOpenForAsLongAsTheServiceAsked() throws InterruptedException {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "120"));
    unavailable(3);
    time.sleep(Duration.ofSeconds(119));

    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(CircuitOpenException.class);
    assertThat(opened).containsExactly("busy for 120 s");
    assertThat(service.posts()).isEqualTo(3);
  }

  @Test
  void aWaitOfAYearIsTriedAfterMinutesByOneRequest() throws InterruptedException {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "31536000"),
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "31536000"),
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "31536000"),
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "31536000"),
        json(200, Samples.IMAGE_COMPLETED));
    unavailable(3);
    time.sleep(Duration.ofMinutes(5).minusMillis(1));
    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(CircuitOpenException.class);
    assertThat(service.posts()).isEqualTo(3);

    time.sleep(Duration.ofMillis(1));
    unavailable(1);
    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(CircuitOpenException.class);
    assertThat(service.posts()).isEqualTo(4);

    time.sleep(Duration.ofMinutes(5));
    elumenta.generate(request("busy"));
    elumenta.generate(request("busy"));
    assertThat(service.posts()).isEqualTo(6);
    assertThat(opened).containsExactly("busy for 300 s", "busy for 300 s");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 422, 429})
  void refusalsOfTheRequestItselfSayNothingOfTheModel(int status) throws InterruptedException {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(status, "{\"message\":\"No\"}"),
        json(503, Samples.MODEL_UNAVAILABLE),
        json(status, "{\"message\":\"No\"}"),
        json(200, Samples.IMAGE_COMPLETED));
    unavailable(2);
    refused();
    unavailable(1);
    assertThat(opened).as("after the third, the refusal between does not count").hasSize(1);

    time.sleep(Duration.ofSeconds(30));
    refused(); // so this was no trial, and the next request is one
    elumenta.generate(request("busy"));
    assertThat(service.posts()).isEqualTo(6);
  }

  private void refused() {
    assertThatThrownBy(() -> elumenta.generate(request("busy")))
        .isInstanceOf(ElumentaException.class)
        .isNotInstanceOf(ModelUnavailableException.class)
        .isNotInstanceOf(CircuitOpenException.class);
  }

  @Test
  void theRetriesOfOneCallCountAndEndWithIt() {
    try (ElumentaClient retrying =
        service
            .client(time)
            .retry(RetryOptions.defaults().withJitter(0).withMaxAttempts(5))
            .circuitBreaker(CircuitBreakerOptions.defaults().withFailures(2))
            .build()) {
      service.answers(json(503, Samples.MODEL_UNAVAILABLE));

      CircuitOpenException e =
          catchThrowableOfType(
              CircuitOpenException.class, () -> retrying.generate(request("busy")));

      assertThat(service.posts()).isEqualTo(2);
      assertThat(e.context().attempts()).isEqualTo(2);
      assertThat(e.getSuppressed()).hasSize(2);
    }
  }
}
