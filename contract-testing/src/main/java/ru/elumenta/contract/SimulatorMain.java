package ru.elumenta.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import ru.elumenta.client.options.TimeSource;

/**
 * The simulator as a program, for clients in any language. Runs on the system's time until it is
 * interrupted. Options, each as {@code name=value}: {@code port} (8080), {@code plan} (vip), {@code
 * balance} (1500), {@code dialect} (first or second), {@code seed} (1), {@code fault} (any number
 * of times: {@code operationId:fault:times}, as in {@code createGeneration:modelUnavailable:2}).
 */
public final class SimulatorMain {
  private static final int DEFAULT_PORT = 8080;

  private SimulatorMain() {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException {
    ElumentaSimulator simulator;
    try {
      simulator = started(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    System.out.printf(
        """
        Simulated Elumenta at %s
        API key: %s
        curl -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
          -d '{"model":"dall-e-3","prompt":"A lighthouse at dusk"}' %s/generate
        Ctrl-C ends it.
        """,
        simulator.baseUrl(), simulator.apiKey(), simulator.apiKey(), simulator.baseUrl());
    new CountDownLatch(1).await();
  }

  private static ElumentaSimulator started(List<String> options) {
    ElumentaSimulatorBuilder builder =
        ElumentaSimulator.builder().port(DEFAULT_PORT).time(TimeSource.system());
    for (String option : options) {
      String[] parts = option.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts[0]) {
        case "port" -> builder.port(number(option, value));
        case "balance" -> builder.balance(number(option, value));
        case "seed" -> builder.seed(number(option, value));
        case "plan" -> builder.plan(Plan.valueOf(value.toUpperCase(Locale.ROOT)));
        case "dialect" -> builder.dialect(Dialect.valueOf(value.toUpperCase(Locale.ROOT)));
        case "fault" -> fault(value); // checked before anything is started
        default ->
            throw new IllegalArgumentException(
                "Unknown option %s; there are port, plan, balance, dialect, seed and fault."
                    .formatted(option));
      }
    }
    ElumentaSimulator simulator = builder.start();
    for (String option : options) {
      if (option.startsWith("fault=")) {
        String[] parts = option.substring("fault=".length()).split(":", -1);
        int times = parts.length > 2 ? number(option, parts[2]) : 1;
        simulator.next(times).to(parts[0]).fail(fault(option.substring("fault=".length())));
      }
    }
    return simulator;
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a number: " + option);
    }
  }

  private static Fault fault(String value) {
    String[] parts = value.split(":", -1);
    return switch (parts.length > 1 ? parts[1] : "") {
      case "modelUnavailable" -> Fault.modelUnavailable();
      case "providerError" -> Fault.providerError();
      case "rateLimited" -> Fault.rateLimited(Duration.ofSeconds(30));
      case "tokenExpired" -> Fault.tokenExpired();
      case "htmlPage" -> Fault.htmlPage(502);
      case "gatewayTimeout" -> Fault.gatewayTimeout();
      case "resetBeforeProcessing" -> Fault.resetBeforeProcessing();
      case "resetAfterProcessing" -> Fault.resetAfterProcessing();
      case "truncatedBody" -> Fault.truncatedBody();
      case "brokenJson" -> Fault.brokenJson();
      case "stall" -> Fault.stall();
      case "neverEndingJob" -> Fault.neverEndingJob();
      default ->
          throw new IllegalArgumentException(
              "Unknown fault %s; it is operationId:fault:times, where fault is the name of a"
                      .formatted(value)
                  + " method of Fault, as in createGeneration:modelUnavailable:2.");
    };
  }
}
