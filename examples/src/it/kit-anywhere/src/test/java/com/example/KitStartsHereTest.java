package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.InsufficientTokensException;

/** The simulator, the client and the validator behind the extension, whoever manages versions. */
@ElumentaTest
class KitStartsHereTest {
  private static final GenerationRequest IMAGE =
      new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

  @Test
  void aGenerationIsMadeAndChargedOnce(ElumentaSimulator service, ElumentaClient elumenta) {
    Generation image = elumenta.generate(IMAGE);

    assertEquals("dall-e-3", image.modelName().orElseThrow());
    assertEquals(1, service.charges());
  }

  @Test
  void aFaultIsWhatItSays(ElumentaSimulator service, ElumentaClient elumenta) {
    service.next().to("createGeneration").fail(Fault.error(402, "insufficient_tokens"));

    assertThrows(InsufficientTokensException.class, () -> elumenta.generate(IMAGE));

    assertEquals(0, service.charges());
  }
}
