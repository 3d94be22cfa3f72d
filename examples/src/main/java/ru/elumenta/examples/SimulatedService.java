package ru.elumenta.examples;

import java.util.function.Consumer;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.contract.ElumentaSimulator;

/** Runs an example against a simulator of the service, in simulated time. */
final class SimulatedService {
  private SimulatedService() {}

  static void run(Consumer<ElumentaClient> example) {
    try (ElumentaSimulator service = ElumentaSimulator.start();
        ElumentaClient elumenta = service.client().build()) {
      example.accept(elumenta);
    }
  }
}
