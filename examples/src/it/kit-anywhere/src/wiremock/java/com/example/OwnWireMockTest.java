package com.example;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.WireMockExchange;

/** The application's own WireMock works beside the simulator, and what it saw can be checked. */
@ElumentaTest
class OwnWireMockTest {
  private static final GenerationRequest IMAGE =
      new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

  @Test
  void theSimulatorAndAnOwnWireMockAnswer(ElumentaSimulator service, ElumentaClient elumenta) {
    WireMockServer own = new WireMockServer(options().dynamicPort());
    own.start();
    try (ElumentaClient ofOwn =
        ElumentaClient.builder().baseUrl(own.baseUrl() + "/api/v2").apiKey("nb_own").build()) {
      own.stubFor(get("/api/v2/models/gpt-5").willReturn(okJson("{\"slug\": \"gpt-5\"}")));

      assertEquals("gpt-5", ofOwn.api(ModelsApi.class).getModel("gpt-5").getSlug());
      elumenta.generate(IMAGE);

      assertEquals(1, service.charges());
      List<Finding> findings =
          ContractValidator.standard().check(WireMockExchange.of(own.getAllServeEvents().get(0)));
      assertEquals(List.of(), findings);
    } finally {
      own.stop();
    }
  }

  @Test
  void itIsTheVersionOfTheApplication() {
    assertEquals(System.getProperty("own.version"), Version.getCurrentVersion());
  }
}
