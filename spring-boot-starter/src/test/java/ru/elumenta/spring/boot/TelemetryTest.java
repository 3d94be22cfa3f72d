package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.micrometer.CallObservationConvention;
import ru.elumenta.micrometer.ElumentaTelemetry;

/** With Boot's own registries, which have moved between 3.5 and 4.0. */
class TelemetryTest {
  private static final String IN_BOOT_3 = "org.springframework.boot.actuate.autoconfigure.";
  private static final String IN_BOOT_4 = "org.springframework.boot.micrometer.";

  private final ElumentaSimulator service = ElumentaSimulator.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private ApplicationContextRunner withActuator() {
    boolean isBoot3 = System.getProperty("boot.version").startsWith("3.");
    Stream<String> ofBoot =
        isBoot3
            ? Stream.of(
                IN_BOOT_3 + "metrics.MetricsAutoConfiguration",
                IN_BOOT_3 + "metrics.CompositeMeterRegistryAutoConfiguration",
                IN_BOOT_3 + "metrics.export.simple.SimpleMetricsExportAutoConfiguration",
                IN_BOOT_3 + "observation.ObservationAutoConfiguration")
            : Stream.of(
                IN_BOOT_4 + "metrics.autoconfigure.MetricsAutoConfiguration",
                IN_BOOT_4 + "metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
                IN_BOOT_4
                    + "metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
                IN_BOOT_4 + "observation.autoconfigure.ObservationAutoConfiguration");
    return Contexts.of(service)
        .withConfiguration(
            AutoConfigurations.of(
                Stream.concat(
                        Stream.of(ElumentaMicrometerAutoConfiguration.class),
                        ofBoot.map(TelemetryTest::loaded))
                    .toArray(Class<?>[]::new)));
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Timer timer(MeterRegistry meters, String... tags) {
    return meters.get("elumenta.call").tags(tags).timer();
  }

  @Test
  void callsAreTimedAndCountedInTheRegistryOfBoot() {
    withActuator()
        .run(
            context -> {
              context
                  .getBean(ElumentaClient.class)
                  .generate(new GenerationRequest().model("dall-e-3").prompt("A"));

              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(timer(meters, "elumenta.client", "default").count()).isEqualTo(1);
              assertThat(meters.get("elumenta.charged.tokens").counter().count())
                  .isEqualTo(service.tokensCharged());
              assertThat(meters.get("elumenta.requests.left").gauges()).hasSize(2);
            });
  }

  @Test
  void eachClientHasItsName() {
    withActuator()
        .withPropertyValues("elumenta.clients.posters.api-key=" + service.apiKey())
        .run(
            context -> {
              context
                  .getBeansOfType(ElumentaClient.class)
                  .values()
                  .forEach(ElumentaClient::balance);

              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(timer(meters, "elumenta.client", "default").count()).isEqualTo(1);
              assertThat(timer(meters, "elumenta.client", "posters").count()).isEqualTo(1);
            });
  }

  @Test
  void onePropertySwitchesItOff() {
    withActuator()
        .withPropertyValues("elumenta.observability.enabled=false")
        .run(
            context ->
                assertThat(toldOf(context.getBean(ElumentaClient.class), context)).isEmpty());
  }

  @Test
  void withoutItsJarOrWithoutARegistryThereIsNothing() {
    withActuator()
        .withClassLoader(new FilteredClassLoader(ElumentaTelemetry.class))
        .run(
            context ->
                assertThat(toldOf(context.getBean(ElumentaClient.class), context)).isEmpty());
    Contexts.of(service)
        .withConfiguration(AutoConfigurations.of(ElumentaMicrometerAutoConfiguration.class))
        .run(context -> context.getBean(ElumentaClient.class).balance());
  }

  private static Stream<String> toldOf(
      ElumentaClient client, org.springframework.context.ApplicationContext context) {
    client.balance();
    return context.getBean(MeterRegistry.class).getMeters().stream()
        .map(meter -> meter.getId().getName())
        .filter(name -> name.startsWith("elumenta.") || name.startsWith("http.client"));
  }

  @Test
  void timersAreHistogramsIfAskedFor() {
    withActuator().run(context -> assertThat(boundariesOfACall(context)).isZero());
    withActuator()
        .withPropertyValues("elumenta.observability.histograms=true")
        .run(context -> assertThat(boundariesOfACall(context)).isEqualTo(17));
  }

  private static int boundariesOfACall(org.springframework.context.ApplicationContext context) {
    context.getBean(ElumentaClient.class).balance();
    return timer(context.getBean(MeterRegistry.class)).takeSnapshot().histogramCounts().length;
  }

  @Test
  void modelsAreNamedAndBounded() {
    withActuator()
        .withPropertyValues(
            "elumenta.observability.models=dall-e-3", "elumenta.observability.max-models=1")
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              client.generate(new GenerationRequest().model("gpt-5-nano").prompt("A"));
              client.generate(new GenerationRequest().model("dall-e-3").prompt("A"));

              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.find("elumenta.call").timers())
                  .extracting(timer -> timer.getId().getTag("elumenta.model"))
                  .containsExactlyInAnyOrder("other", "dall-e-3");
            });
  }

  @Test
  void aConventionOfTheApplicationNamesThings() {
    withActuator()
        .withUserConfiguration(OwnNames.class)
        .run(
            context -> {
              context.getBean(ElumentaClient.class).balance();

              assertThat(Arrays.asList("ai.call", "http.client.request.duration"))
                  .allSatisfy(
                      name ->
                          assertThat(context.getBean(MeterRegistry.class).get(name).timer().count())
                              .isEqualTo(1));
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnNames {
    @Bean
    CallObservationConvention calls() {
      return new CallObservationConvention() {
        @Override
        public String getName() {
          return "ai.call";
        }
      };
    }
  }
}
