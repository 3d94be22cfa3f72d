package ru.elumenta.contract;

import java.io.UncheckedIOException;
import java.util.List;
import ru.elumenta.contract.SimulatorOptions.Arming;

/**
 * The simulator as a program, for clients in any language. Runs on the time of this machine until
 * it is interrupted. {@code --help} prints the options. Ends with code 2 and a sentence if an
 * option is wrong or the port is taken.
 */
public final class SimulatorMain {
  private static final int WRONG = 2;

  private SimulatorMain() {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(SimulatorOptions.help());
      return;
    }
    ElumentaSimulator simulator;
    SimulatorOptions options;
    try {
      options = SimulatorOptions.of(arguments);
      simulator = started(options);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    System.out.printf(
        """
        Simulated Elumenta at %s
        API key: %s
        Console: %s
        curl -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
          -d '{"model":"dall-e-3","prompt":"A lighthouse at dusk"}' %s/generate
        Ctrl-C ends it.
        """,
        simulator.baseUrl(),
        simulator.apiKey(),
        simulator.consoleUrl(),
        simulator.apiKey(),
        simulator.baseUrl());
    new SimulatorLog(simulator, options.log, System.out).follow();
  }

  private static ElumentaSimulator started(SimulatorOptions options) {
    ElumentaSimulator simulator =
        ElumentaSimulator.builder()
            .port(options.port)
            .plan(options.plan)
            .balance(options.balance)
            .dialect(options.dialect)
            .seed(options.seed)
            .time(new OngoingTime())
            .start();
    for (Arming each : options.armings) {
      FaultRule rule = simulator.next(each.times());
      (each.operation() == null ? rule : rule.to(each.operation())).fail(each.fault());
    }
    return simulator;
  }
}
