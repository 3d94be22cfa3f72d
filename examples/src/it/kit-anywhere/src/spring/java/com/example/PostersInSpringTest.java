package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.spring.test.AutoConfigureElumentaSimulator;

/** An application of Spring Boot calls the simulator of its context; each test begins anew. */
@SpringBootTest
@AutoConfigureElumentaSimulator
class PostersInSpringTest {
  @SpringBootApplication
  static class Posters {
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

  @RepeatedTest(2)
  void aTestSeesItsOwnChargesOnly() {
    assertEquals(0, service.charges());
    assertEquals(0, service.faultsLeft());

    elumenta.generate(IMAGE);
    service.next().fail(Fault.modelUnavailable());

    assertEquals(1, service.charges());
  }

  @Test
  void itIsTheBootOfTheApplication() {
    assertEquals(System.getProperty("own.version"), SpringBootVersion.getVersion());
  }
}
