package ru.elumenta.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import ru.elumenta.micrometer.ElumentaTelemetry;

/** This client, observed. */
final class ObservedSubjects {
  private ObservedSubjects() {}

  /** Timers and counters. */
  static Subject metrics() {
    return observed(ElumentaTelemetry.builder().meters(new SimpleMeterRegistry()).build());
  }

  /**
   * The same beside a tracer that costs nothing: what is left is what any tracer comes on top of.
   */
  static Subject spans() {
    MeterRegistry meters = new SimpleMeterRegistry();
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meters))
        .observationHandler(new Headers());
    return observed(ElumentaTelemetry.builder().meters(meters).observations(observations).build());
  }

  private static Subject observed(ElumentaTelemetry telemetry) {
    return ElumentaSubjects.generating(telemetry.instrument(ElumentaSubjects.inMemory()));
  }

  /** Puts the header of a trace into what is sent. */
  private static final class Headers implements ObservationHandler<SenderContext<Object>> {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Override
    public void onStart(SenderContext<Object> context) {
      context.getSetter().set(context.getCarrier(), "traceparent", PARENT);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return context instanceof SenderContext;
    }
  }
}
