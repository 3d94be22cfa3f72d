package ru.elumenta.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import ru.elumenta.micrometer.ElumentaTelemetry;

/**
 * Metrics and traces of all clients that the starter builds, if {@code elumenta-micrometer} is
 * there, in the registries that the application has.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
@ConditionalOnClass({ElumentaTelemetry.class, MeterRegistry.class})
@ConditionalOnProperty(prefix = "elumenta.observability", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(ObservabilityProperties.class)
public class ElumentaMicrometerAutoConfiguration {

  /** Comes before those of the application, which may look at what is there. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ElumentaClientBuilderCustomizer elumentaTelemetry(
      ObservabilityProperties properties,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<ObservationRegistry> observations,
      ObjectProvider<ObservationConvention<?>> conventions) {
    return new ClientTelemetry(properties, meters, observations, conventions);
  }

  /** Boot gives it to its registries before they have any meter. */
  @Bean
  @ConditionalOnProperty(prefix = "elumenta.observability", name = "histograms")
  MeterFilter elumentaHistograms() {
    return ElumentaTelemetry.histograms();
  }
}
