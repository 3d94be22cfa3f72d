package ru.elumenta.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.micrometer.ElumentaTelemetry;

/** Tells each client's work to the registries of the application, under the client's name. */
final class ClientTelemetry implements ElumentaClientBuilderCustomizer {
  private static final String WITHOUT_NAME = "default";

  private final ObservabilityProperties properties;
  private final ObjectProvider<MeterRegistry> meters;
  private final ObjectProvider<ObservationRegistry> observations;
  private final ObjectProvider<ObservationConvention<?>> conventions;

  ClientTelemetry(
      ObservabilityProperties properties,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<ObservationRegistry> observations,
      ObjectProvider<ObservationConvention<?>> conventions) {
    this.properties = properties;
    this.meters = meters;
    this.observations = observations;
    this.conventions = conventions;
  }

  @Override
  public void customize(ElumentaClientBuilder builder) {
    customize(builder, "");
  }

  @Override
  public void customize(ElumentaClientBuilder builder, String name) {
    MeterRegistry meterRegistry = meters.getIfUnique();
    ObservationRegistry observationRegistry = observations.getIfUnique();
    if (meterRegistry == null && observationRegistry == null) {
      return;
    }
    ElumentaTelemetry.Builder telemetry =
        ElumentaTelemetry.builder()
            .client(name.isEmpty() ? WITHOUT_NAME : name)
            .maxModels(properties.getMaxModels())
            .models(properties.getModels());
    if (meterRegistry != null) {
      telemetry.meters(meterRegistry);
    }
    if (observationRegistry != null) {
      telemetry.observations(observationRegistry);
    }
    conventions.orderedStream().forEach(telemetry::convention);
    telemetry.build().instrument(builder);
  }
}
