package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;

/** What an application can choose. */
class TelemetryTest {
  private final Watched watched = new Watched();

  @AfterEach
  void stop() {
    watched.close();
  }

  private void generate(ElumentaTelemetry telemetry) {
    try (ElumentaClient elumenta = telemetry.instrument(watched.service.client()).build()) {
      elumenta.generate(new GenerationRequest().model("dall-e-3").prompt("A"));
    }
  }

  @Test
  void withMetersAloneThereAreTimersToo() {
    MeterRegistry meters = new SimpleMeterRegistry();
    generate(ElumentaTelemetry.builder().meters(meters).client("posters").build());

    assertThat(meters.get("elumenta.call").tag("elumenta.client", "posters").timer().count())
        .isEqualTo(1);
    assertThat(meters.get("http.client.request.duration").timer().count()).isEqualTo(1);
    assertThat(meters.get("elumenta.charged.tokens").counter().count())
        .isEqualTo(watched.service.tokensCharged());
  }

  @Test
  void withObservationsAloneThereAreNoMetersOfItsOwn() {
    generate(ElumentaTelemetry.builder().observations(watched.observations).build());

    assertThat(watched.meters.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsOnly(
            "elumenta.call",
            "elumenta.call.active",
            "http.client.request.duration",
            "http.client.request.duration.active");
  }

  @Test
  void aRegistryThatObservesNothingCostsNoCall() {
    generate(ElumentaTelemetry.builder().observations(ObservationRegistry.NOOP).build());
    generate(ElumentaTelemetry.builder().observations(ObservationRegistry.create()).build());
    assertThat(watched.service.charges()).isEqualTo(2);
  }

  @Test
  void aConventionOfTheApplicationTakesThePlace() {
    generate(
        watched
            .telemetry()
            .convention(
                new CallObservationConvention() {
                  @Override
                  public String getName() {
                    return "ai.call";
                  }

                  @Override
                  public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
                    return super.getLowCardinalityKeyValues(context).and("team", "posters");
                  }
                })
            .build());

    assertThat(watched.count("ai.call", "team", "posters", "elumenta.outcome", "success"))
        .isEqualTo(1);
    assertThat(watched.count("elumenta.call")).isZero();
    assertThat(watched.count("http.client.request.duration")).isEqualTo(1);
  }

  /** As a registry of an application has them for all that it observes. */
  private static final class OfAll extends AttemptObservationConvention
      implements GlobalObservationConvention<AttemptObservationContext> {
    @Override
    public String getName() {
      return "http.client.requests";
    }
  }

  @Test
  void soDoesAGlobalOneOfTheRegistry() {
    watched.observations.observationConfig().observationConvention(new OfAll());
    generate(watched.telemetry().build());

    assertThat(watched.count("http.client.requests")).isEqualTo(1);
    assertThat(watched.count("http.client.request.duration")).isZero();
  }

  @Test
  void anObservationThatIsSwitchedOffIsLeftOutAndItsChildrenAreNot() {
    watched
        .observations
        .observationConfig()
        .observationPredicate((name, context) -> !"elumenta.call".equals(name));
    Observation.createNotStarted("page", watched.observations)
        .observe(() -> generate(watched.telemetry().build()));

    assertThat(watched.spanNames())
        .isEqualTo(
            """
            page
              POST /generate
            """);
  }

  @Test
  void whatCannotBeIsRefusedWithASentence() {
    assertThatThrownBy(() -> ElumentaTelemetry.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is nowhere to tell it: call meters(…), observations(…), or both.");
    assertThatThrownBy(() -> ElumentaTelemetry.builder().client(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The name of a client must not be blank.");
    assertThatThrownBy(() -> ElumentaTelemetry.builder().models(List.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The slug of a model must not be blank.");
    assertThatThrownBy(() -> ElumentaTelemetry.builder().maxModels(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxModels must be 0 or more.");
  }
}
