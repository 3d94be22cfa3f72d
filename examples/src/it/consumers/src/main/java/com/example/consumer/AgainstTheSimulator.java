package com.example.consumer;

import java.nio.file.Path;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;

/** Runs the consumer in this process, or the one in a fat jar in a process of its own. */
public final class AgainstTheSimulator {
  private AgainstTheSimulator() {}

  /** Takes {@code named} or {@code unnamed}, as the client's module has to be, or a fat jar. */
  public static void main(String[] args) throws Exception {
    if (args[0].endsWith(".jar")) {
      inAnotherProcess(args[0]);
      return;
    }
    boolean isNamed = ElumentaClient.class.getModule().isNamed();
    Consumer.check(isNamed == args[0].equals("named"), ElumentaClient.class.getModule().toString());
    try (ElumentaSimulator service = ElumentaSimulator.start();
        ElumentaClient elumenta = service.client().build()) {
      Consumer.use(elumenta);
      wasServed(service);
    }
  }

  private static void inAnotherProcess(String jar) throws Exception {
    try (ElumentaSimulator service =
        ElumentaSimulator.builder().time(TimeSource.system()).start()) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process process =
          new ProcessBuilder(java, "-jar", jar, service.baseUrl(), service.apiKey())
              .inheritIO()
              .start();
      Consumer.check(process.waitFor() == 0, "the fat jar runs");
      wasServed(service);
    }
  }

  private static void wasServed(ElumentaSimulator service) {
    Consumer.check(service.charges() == 2, "paid for an image and a text: " + service.charges());
    Consumer.check(service.doubleCharges() == 0, "nothing was paid a second time");
    Consumer.check(service.findings().isEmpty(), "as the contract says: " + service.findings());
  }
}
