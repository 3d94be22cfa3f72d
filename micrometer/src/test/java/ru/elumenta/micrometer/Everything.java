package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.test.simple.SimpleSpan;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** All that can be told has been told, once or more: what then is in the registries. */
record Everything(String scrape, List<Meter> meters, List<SimpleSpan> spans) {
  private static Everything done;

  static synchronized Everything told() {
    done = done == null ? tell() : done;
    return done;
  }

  private static GenerationRequest asked(String model) {
    return new GenerationRequest().model(model).prompt("A lighthouse");
  }

  private static Everything tell() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Watched watched = new Watched(ElumentaSimulator.start(), registry)) {
      ElumentaTelemetry telemetry = watched.telemetry().build();
      try (ElumentaClient elumenta =
          telemetry
              .instrument(watched.service.client())
              .circuitBreaker(CircuitBreakerOptions.defaults().withFailures(1))
              .recovery(Recovery.LOOK_UP)
              .build()) {
        tell(watched.service, elumenta);
        tellByHand(telemetry, watched.service);
        return new Everything(registry.scrape(), metersOf(registry), watched.spans());
      }
    }
  }

  private static List<Meter> metersOf(MeterRegistry registry) {
    return List.copyOf(registry.getMeters());
  }

  private static void tell(ElumentaSimulator service, ElumentaClient elumenta) {
    Generation image = elumenta.generate(asked("dall-e-3"));
    elumenta.download(image).to(OutputStream.nullOutputStream());
    try (GenerationStream text = elumenta.stream(asked("gpt-5-nano"))) {
      text.result();
    }
    service.next().fail(Fault.slowJob(Duration.ofSeconds(8)));
    elumenta.generate(asked("kling-v2.1"));
    service.next().fail(Fault.rateLimited(Duration.ofSeconds(1)).withHeader("X-Request-Id", "r-1"));
    elumenta.generate(asked("gpt-5-nano"));
    service.next().fail(Fault.resetAfterProcessing());
    elumenta.generate(asked("gpt-5-nano"));
    service.next().fail(Fault.resetBeforeProcessing());
    catchThrowable(() -> elumenta.generate(asked("gpt-5-nano")));
    service.next().fail(Fault.modelUnavailable());
    catchThrowable(() -> elumenta.generate(asked("dall-e-3")));
  }

  /** What would take a service that is odd, or many calls. */
  private static void tellByHand(ElumentaTelemetry telemetry, ElumentaSimulator service) {
    CallInfo call =
        new CallInfo(
            1,
            "getBalance",
            "GET",
            "/balance",
            java.util.Optional.empty(),
            java.net.URI.create(service.baseUrl()));
    telemetry
        .listeners()
        .forEach(
            listener -> {
              listener.budgetEmpty(call);
              listener.heldBack(
                  call, new HeldBack(HeldBack.Reason.CALLS_AT_ONCE, Duration.ofSeconds(1)));
              listener.answerDeviates(call, List.of(new AnswerFinding("/balance", "is a text")));
            });
  }
}
