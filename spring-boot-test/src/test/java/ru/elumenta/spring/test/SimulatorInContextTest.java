package ru.elumenta.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/** Beans of an application call the simulator of their context, and each test begins anew. */
@SpringJUnitConfig(SimulatorInContextTest.Application.class)
@AutoConfigureElumentaSimulator(balance = 100)
class SimulatorInContextTest {
  @Configuration
  static class Application {
    @Bean
    ElumentaClient elumenta(
        @Value("${elumenta.base-url}") String baseUrl, @Value("${elumenta.api-key}") String key) {
      return ElumentaClient.builder().baseUrl(baseUrl).apiKey(key).build();
    }
  }

  private static final GenerationRequest IMAGE =
      new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

  @Autowired private ElumentaSimulator service;
  @Autowired private ElumentaClient elumenta;

  @RepeatedTest(3)
  void eachTestBeginsAnewWithTheSameAddressAndKey() {
    assertThat(service.charges()).isZero();
    assertThat(service.faultsLeft()).isZero();
    assertThat(service.balance()).isEqualTo(100);

    elumenta.generate(IMAGE);
    service.next().fail(Fault.modelUnavailable());

    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void aParameterIsAsGoodAsAField(@Autowired ElumentaSimulator injected) {
    assertThat(injected).isSameAs(service);
  }

  @Nested
  class Within {
    @Test
    void theContextOfTheClassAroundIsShared(@Autowired ElumentaSimulator injected) {
      assertThat(injected).isSameAs(service);
      elumenta.generate(IMAGE);
      assertThat(injected.charges()).isEqualTo(1);
    }
  }

  @Test
  void otherSettingsAreAnotherContext() {
    assertThat(new SimulatorCustomizer(Plan.VIP, 100, 1))
        .isEqualTo(new SimulatorCustomizer(Plan.VIP, 100, 1))
        .isNotEqualTo(new SimulatorCustomizer(Plan.ELITE, 100, 1));
  }

  @Test
  void itStopsWithItsContext() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    new SimulatorCustomizer(Plan.VIP, 100, 1).customizeContext(context, null);
    context.register(Application.class);
    context.refresh();
    ElumentaSimulator own = context.getBean(ElumentaSimulator.class);
    assertThat(own).isNotSameAs(service);
    assertThat(context.getEnvironment().getProperty("elumenta.base-url")).isEqualTo(own.baseUrl());
    int port = java.net.URI.create(own.baseUrl()).getPort();

    context.close();

    assertThat(isOpen(port)).isFalse();
  }

  private static boolean isOpen(int port) {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
