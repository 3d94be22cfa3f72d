package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.contract.ElumentaSimulator;

/** What docs/observability.md shows is what is run here. */
class PageSnippetsTest {
  private final MeterRegistry meterRegistry = new SimpleMeterRegistry();

  @Test
  void aClientCanBeInstrumentedInTwoLines() {
    String key = "nb_" + "a".repeat(45);

    ElumentaTelemetry telemetry = ElumentaTelemetry.builder().meters(meterRegistry).build();
    ElumentaClient elumenta = telemetry.instrument(ElumentaClient.builder().apiKey(key)).build();

    elumenta.close();
    assertThat(telemetry).isNotNull();
  }

  @Test
  void timersAndSpansComeOfObservations() {
    ObservationRegistry observationRegistry = ObservationRegistry.create();
    SimpleTracer tracer = new SimpleTracer();
    Propagator propagator = Propagator.NOOP;

    observationRegistry
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meterRegistry)) // timers
        .observationHandler(
            new FirstMatchingCompositeObservationHandler( // spans, and traceparent on each request
                new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
    ElumentaTelemetry telemetry =
        ElumentaTelemetry.builder().meters(meterRegistry).observations(observationRegistry).build();

    try (ElumentaSimulator service = ElumentaSimulator.start();
        ElumentaClient elumenta = telemetry.instrument(service.client()).build()) {
      elumenta.api(UserApi.class).getBalance();
    }
    assertThat(meterRegistry.get("elumenta.call").timer().count()).isEqualTo(1);
    assertThat(tracer.getSpans()).isNotEmpty();
  }

  @Test
  void aConventionAddsToWhatEachCallSays() {
    ElumentaTelemetry.Builder telemetry = ElumentaTelemetry.builder();
    ObservationRegistry observationRegistry = ObservationRegistry.create();
    observationRegistry
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meterRegistry));

    telemetry.convention(
        new CallObservationConvention() {
          @Override
          public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
            return super.getLowCardinalityKeyValues(context).and("team", "posters");
          }
        });

    ElumentaTelemetry built =
        telemetry.meters(meterRegistry).observations(observationRegistry).build();
    try (ElumentaSimulator service = ElumentaSimulator.start();
        ElumentaClient elumenta = built.instrument(service.client()).build()) {
      elumenta.api(UserApi.class).getBalance();
    }
    assertThat(meterRegistry.get("elumenta.call").tag("team", "posters").timer().count())
        .isEqualTo(1);
  }
}
