package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.scenario.Fault;

/**
 * What is the current observation where, what goes out with the requests, and what is cancelled.
 */
class ContextTest {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Watched watched =
      new Watched(ElumentaSimulator.builder().time(TimeSource.system()).start());
  private final ElumentaClient elumenta =
      watched.client().polling(PollingOptions.defaults().withInterval(MOMENT)).build();

  @AfterEach
  void nothingIsLeft() {
    elumenta.close();
    watched.close();
  }

  private static GenerationRequest asked(String model) {
    return new GenerationRequest().model(model).prompt("A lighthouse");
  }

  private Observation page() {
    return Observation.createNotStarted("page", watched.observations);
  }

  @Test
  void everyAttemptIsSentWithTheSpanThatItIs() {
    watched.service.next().fail(Fault.rateLimited(Duration.ZERO));

    elumenta.generate(asked("gpt-5-nano"));

    List<String> sent = watched.service.exchanges().stream().map(ContextTest::traceParent).toList();
    List<String> spans =
        watched.spans().stream()
            .filter(span -> span.getName().equals("POST /generate"))
            .map(span -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01")
            .toList();
    assertThat(sent).hasSize(2).doesNotHaveDuplicates().isEqualTo(spans);
  }

  private static String traceParent(Exchange exchange) {
    return exchange.request().headers().get("traceparent").get(0);
  }

  @Test
  void whatIsDoneForAPageIsPartOfItsTraceOnWhateverThread() throws Exception {
    watched.service.next().fail(Fault.slowJob(Duration.ofMillis(50)));

    page()
        .observeChecked(
            () ->
                elumenta
                    .submitAsync(asked("kling-v2.1"))
                    .thenCompose(job -> job.awaitAsync())
                    .get());
    page().observeChecked(() -> elumenta.streamAsync(asked("gpt-5-nano"), event -> {}).get());

    await(() -> watched.haveAllEnded());
    assertThat(watched.spanNames())
        .isEqualTo(
            """
            page
              generate_content kling-v2.1
                POST /generate
              wait kling-v2.1
                getGeneration
                  GET /generate/{generationId}
            page
              stream gpt-5-nano
                streamGeneration
                  POST /generate/stream
            """);
  }

  @Test
  void theMdcOfTheCallerFollowsToWhateverThreadWorksForIt() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    CallListener tenant =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, int attempt) {
            boolean isCaller = Thread.currentThread().getName().equals("caller");
            seen.put(call.operation(), MDC.get("tenant") + (isCaller ? " here" : " elsewhere"));
          }
        };
    watched.service.next().fail(Fault.slowJob(Duration.ofMillis(50)));
    Thread.currentThread().setName("caller");
    MDC.put("tenant", "posters");
    try (ElumentaClient watching =
        watched
            .client()
            .listener(tenant)
            .polling(PollingOptions.defaults().withInterval(MOMENT))
            .build()) {
      watching.submitAsync(asked("kling-v2.1")).thenCompose(GenerationJob::awaitAsync).get();
      watching.streamAsync(asked("gpt-5-nano"), event -> {}).get();
    } finally {
      MDC.clear();
    }
    assertThat(seen)
        .isEqualTo(
            Map.of(
                "createGeneration", "posters elsewhere",
                "getGeneration", "posters elsewhere",
                "streamGeneration", "posters elsewhere"));
  }

  @Test
  void aCallThatIsCancelledWhileNothingIsKnownOfIt() {
    watched.service.next().to("getBalance").fail(Fault.delay(Duration.ofMinutes(5)));
    CompletableFuture<?> balance = elumenta.async(UserApi.class, UserApi::getBalance);
    await(() -> watched.service.requests("getBalance") == 1);

    balance.cancel(true);

    await(() -> watched.count("elumenta.call") == 1);
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            getBalance !CallInterruptedException
              · elumenta.attempts=1
              · elumenta.execution=unknown
              · elumenta.operation=getBalance
              · elumenta.outcome=cancelled
              · error.type=CallInterruptedException
              GET /balance !CallInterruptedException
                · elumenta.operation=getBalance
                · error.type=CallInterruptedException
                · http.request.method=GET
                · server.address=127.0.0.1
                · server.port
                · url.template=/balance
            """);
    assertThat(watched.count("elumenta.open.outcomes")).isZero();
  }

  @Test
  void aPaidCallThatIsCancelledIsAnOpenOutcome() {
    watched.service.next().to("createGeneration").fail(Fault.stall());
    CompletableFuture<?> image = elumenta.generateAsync(asked("dall-e-3"));
    await(() -> watched.service.requests("createGeneration") == 1);

    image.cancel(true);

    await(() -> watched.count("elumenta.call", "elumenta.outcome", "outcome_unknown") == 1);
    assertThat(watched.count("elumenta.open.outcomes")).isEqualTo(1);
    assertThat(watched.spanNames())
        .isEqualTo(
            """
            generate_content other !OutcomeUnknownException
              POST /generate !CallInterruptedException
            """);
  }

  @Test
  void aJobThatIsCancelledWhileItIsPolledLeavesNoThreadInItsScope() {
    watched.service.next().fail(Fault.neverEndingJob());
    var job = elumenta.submit(asked("kling-v2.1"));
    watched.service.next().to("getGeneration").fail(Fault.stall());
    CompletableFuture<?> video = job.awaitAsync();
    await(() -> watched.service.requests("getGeneration") == 1);
    assertThat(watched.count("elumenta.waiting.jobs")).isEqualTo(1);

    video.cancel(true);

    assertThatThrownBy(video::join).isInstanceOf(CancellationException.class);
    assertThat(watched.count("elumenta.waiting.jobs")).isZero();
    await(() -> watched.haveAllEnded());
    assertThat(watched.spanNames())
        .isEqualTo(
            """
            generate_content kling-v2.1
              POST /generate
              wait kling-v2.1 !CancellationException
                getGeneration !CallInterruptedException
                  GET /generate/{generationId} !CallInterruptedException
            """);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
