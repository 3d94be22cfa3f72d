package ru.elumenta.examples;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.SimulatedTime;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.error.ElumentaException;

/**
 * Shows what the client does with everything the documentation describes, against a simulator of
 * the service: no account, no key, and in simulated time, so that nobody waits. With {@code
 * ELUMENTA_API_KEY} set it asks the real service for the balance instead, which costs nothing.
 */
public final class Quickstart {
  private static final String ROW = "%-34s  %-84s  %8s  %7s%n";

  private Quickstart() {}

  /** Runs it. */
  public static void main(String[] args) {
    if (System.getenv("ELUMENTA_API_KEY") == null) {
      run();
      return;
    }
    try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
      System.out.println(elumenta.api(UserApi.class).getBalance());
    }
  }

  static void run() {
    System.out.printf(ROW, "call", "outcome", "requests", "time");
    for (Scenario scenario : scenarios()) {
      try (ElumentaSimulator service = ElumentaSimulator.start();
          ElumentaClient elumenta = service.client().build()) {
        scenario.trouble().accept(service);
        print(scenario, service, elumenta);
      }
    }
  }

  private static void print(Scenario scenario, ElumentaSimulator service, ElumentaClient elumenta) {
    String outcome;
    try {
      outcome = Outcome.of(scenario.call().apply(elumenta));
    } catch (ElumentaException e) {
      outcome = Outcome.of(e);
    }
    long seconds = Duration.between(SimulatedTime.START, service.time().now()).toSeconds();
    System.out.printf(ROW, scenario.name(), outcome, service.requests(), seconds + " s");
  }

  /**
   * One row of the table.
   *
   * @param trouble what the service is told to do wrong
   */
  private record Scenario(
      String name,
      Function<ElumentaClient, Generation> call,
      Consumer<ElumentaSimulator> trouble) {}

  private static GenerationRequest request() {
    return new GenerationRequest()
        .model("dall-e-3")
        .prompt("A lighthouse at dusk")
        .putParamsItem("size", "1024x1024");
  }

  private static Generation image(ElumentaClient elumenta) {
    return elumenta.generate(request());
  }

  private static Generation video(ElumentaClient elumenta) {
    GenerationJob job =
        elumenta.submit(
            new GenerationRequest().model("kling-v2.1").prompt("Waves below a lighthouse"));
    return job.await(Duration.ofMinutes(5));
  }

  private static List<Scenario> scenarios() {
    return List.of(
        image("generate an image", service -> {}),
        new Scenario("submit a video, wait for it", Quickstart::video, service -> {}),
        once("wrong parameters", Fault.error(400, "bad_request")),
        once("wrong key", Fault.error(401, "not_authenticated")),
        once("expired token", Fault.tokenExpired()),
        image("too few tokens", service -> service.balance(3)),
        image("plan too low", service -> service.plan(Plan.PRO)),
        new Scenario(
            "no such model",
            elumenta -> elumenta.generate(request().model("dall-e-9")),
            service -> {}),
        once("e-mail known already", Fault.error(409, "conflict")),
        new Scenario(
            "invalid field",
            elumenta -> elumenta.generate(request().putParamsItem("size", "512x512")),
            service -> {}),
        once("limit reached for a quarter hour", Fault.rateLimited(Duration.ofSeconds(847))),
        always("provider fails for good", Fault.providerError()),
        always("model down for good", Fault.modelUnavailable()),
        once("limit reached for a second", Fault.rateLimited(Duration.ofSeconds(1))),
        once("provider fails once", Fault.providerError()),
        once("model down once", Fault.modelUnavailable()),
        once("answer lost, found in the history", Fault.gatewayTimeout()),
        image(
            "answer lost, history unreadable",
            service -> {
              service.next().to("createGeneration").fail(Fault.gatewayTimeout());
              service.always().to("listHistory").fail(Fault.htmlPage(502));
            }),
        failed("model overloaded", "Service unavailable: model is overloaded"),
        failed("generation took too long", "Generation timeout: request deadline exceeded"),
        failed("prompt refused", "Content policy violation: prohibited content detected"),
        failed("prompt refused by filter", "Content blocked by safety filter"),
        failed("provider failed", "Provider error: upstream answered nothing"),
        failed("failed otherwise", "Something else"));
  }

  private static Scenario image(String name, Consumer<ElumentaSimulator> trouble) {
    return new Scenario(name, Quickstart::image, trouble);
  }

  private static Scenario once(String name, Fault fault) {
    return image(name, service -> service.next().to("createGeneration").fail(fault));
  }

  private static Scenario always(String name, Fault fault) {
    return image(name, service -> service.always().to("createGeneration").fail(fault));
  }

  private static Scenario failed(String name, String words) {
    return once(name, Fault.failedGeneration(words));
  }
}
