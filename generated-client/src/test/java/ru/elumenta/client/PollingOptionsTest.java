package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;

/** How a job is polled, and for how long. */
class PollingOptionsTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void pollsThatGoOnFailingEndTheWaitWithTheirFailure() {
    service.answers(json(200, Samples.VIDEO_PENDING), json(503, Samples.MODEL_UNAVAILABLE));
    try (ElumentaClient impatient =
        service
            .client(time)
            .retry(RetryOptions.none())
            .polling(PollingOptions.defaults().withJitter(0).withMaxFailedPolls(3))
            .build()) {
      GenerationJob job = impatient.submit(Samples.image());

      ModelUnavailableException e =
          catchThrowableOfType(ModelUnavailableException.class, job::await);

      assertThat(e).hasMessageContaining("attach to it by its id");
      assertThat(e.execution()).isEqualTo(Execution.EXECUTED);
      assertThat(service.requestsTo("/api/v2/generate/.+")).isEqualTo(3);
    }
  }

  @Test
  void aVideoIsWaitedForLongerThanAnythingElse() {
    service.answers(json(200, "{\"id\":7,\"status\":\"pending\"}"));

    assertThatThrownBy(() -> elumenta.generate(Samples.image().model("kling-v2.1-pro")))
        .isInstanceOfSatisfying(
            WaitTimeoutException.class,
            e -> assertThat(e.limit()).isEqualTo(Duration.ofMinutes(15)));
    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOfSatisfying(
            WaitTimeoutException.class,
            e -> assertThat(e.limit()).isEqualTo(Duration.ofSeconds(300)));
  }

  @Test
  void theFirstPollAndTheLaterOnesMayWaitDifferently() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(200, Samples.VIDEO_PENDING),
        json(200, Samples.VIDEO_COMPLETED));
    try (ElumentaClient other =
        service
            .client(time)
            .polling(PollingOptions.defaults().withJitter(0).withFirstDelay(Duration.ofSeconds(30)))
            .build()) {
      other.generate(Samples.image());
    }

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  @Test
  void jitterOnlyEverLengthensTheInterval() {
    service.answers(json(200, Samples.VIDEO_PENDING));
    try (ElumentaClient other =
        service.client(time).polling(PollingOptions.defaults().withJitter(0.5)).build()) {
      assertThatThrownBy(() -> other.generate(Samples.image()))
          .isInstanceOf(WaitTimeoutException.class);
    }

    assertThat(time.sleeps())
        .allMatch(sleep -> sleep.compareTo(Duration.ofSeconds(5)) >= 0)
        .allMatch(sleep -> sleep.compareTo(Duration.ofMillis(7_500)) <= 0)
        .anyMatch(sleep -> sleep.compareTo(Duration.ofMillis(5_500)) > 0);
  }

  @Test
  void anUnknownStatusIsReportedOnce() {
    List<String> reported = new ArrayList<>();
    service.answers(
        json(200, "{\"id\":7,\"status\":\"pending\"}"),
        json(200, "{\"id\":7,\"status\":\"queued\"}"),
        json(200, "{\"id\":7,\"status\":\"queued\"}"),
        json(200, Samples.VIDEO_COMPLETED));
    try (ElumentaClient other =
        service
            .client(time)
            .listener(
                new CallListener() {
                  @Override
                  public void unknownStatus(GenerationId id, GenerationStatus status) {
                    reported.add(id + " " + status);
                  }
                })
            .build()) {
      other.generate(Samples.image());
    }

    assertThat(reported).containsExactly("7 queued");
  }
}
