package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.POLL;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.LostAnswers.row;
import static ru.elumenta.client.Service.json;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;

/** What a listener is told of calls, jobs and downloads, each from its beginning to its end. */
class ToldCallsTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ToldEvents told = new ToldEvents();
  private final ElumentaClientBuilder builder = service.client(time).listener(told.listener());

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aCallThatIsRepeated() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE),
        json(
                200,
                "{\"id\":7,\"status\":\"completed\",\"result_url\":\"https://f/x\","
                    + "\"tokens_spent\":40}")
            .withHeader("X-RateLimit-Limit-Hour", "100")
            .withHeader("X-RateLimit-Remaining-Hour", "41"));

    try (ElumentaClient elumenta = builder.build()) {
      elumenta.generate(Samples.image());
    }

    assertThat(told.lines())
        .containsExactly(
            "callStarted createGeneration",
            "attemptStarted createGeneration 1",
            "attemptEnded createGeneration 1 503",
            "retryScheduled createGeneration ModelUnavailableException",
            "attemptStarted createGeneration 2",
            "rateLimits hour 41",
            "attemptEnded createGeneration 2 200",
            "callEnded createGeneration SUCCESS 2x",
            "generationEnded 7 dall-e-3",
            "charged 7 dall-e-3 40");
  }

  @Test
  void aJobAndItsPolls() {
    service
        .answersTo(CREATE, json(200, "{\"id\":9,\"status\":\"pending\"}"))
        .answersTo(
            POLL,
            json(200, "{\"id\":9,\"status\":\"processing\"}"),
            json(500, "{\"error\":\"provider_error\"}"),
            json(
                200,
                "{\"id\":9,\"status\":\"completed\",\"model_slug\":\"kling\","
                    + "\"result_url\":\"https://f/x\",\"tokens_used\":5}"));

    try (ElumentaClient elumenta = builder.retry(RetryOptions.none()).build()) {
      elumenta.submit(Samples.image().model("kling")).await();
    }

    assertThat(
            told.of(
                "jobStarted", "pollStarted", "pollEnded", "generationEnded", "charged", "jobEnded"))
        .containsExactly(
            "jobStarted 9 kling",
            "pollStarted 9 kling",
            "pollEnded 9 kling processing",
            "pollStarted 9 kling",
            "pollEnded 9 kling -",
            "pollStarted 9 kling",
            "generationEnded 9 kling",
            "charged 9 kling 5",
            "pollEnded 9 kling completed",
            "jobEnded 9 kling COMPLETED 3x");
    assertThat(told.of("callEnded"))
        .containsExactly(
            "callEnded createGeneration SUCCESS 1x",
            "callEnded getGeneration SUCCESS 1x",
            "callEnded getGeneration FAILED 1x ProviderException",
            "callEnded getGeneration SUCCESS 1x");
  }

  @Test
  void aGenerationThatFailsWhileItIsWaitedForAndOneThatIsLeftRunning() {
    service
        .answersTo(CREATE, json(200, "{\"id\":9,\"status\":\"pending\"}"))
        .answersTo(POLL, json(200, Samples.failed("Content policy violation")));
    try (ElumentaClient elumenta = builder.build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(GenerationFailedException.class);
      service.answersTo(POLL, json(200, "{\"id\":10,\"status\":\"pending\"}"));
      assertThatThrownBy(() -> elumenta.attach(GenerationId.of("10")).await(Duration.ofSeconds(30)))
          .isInstanceOf(WaitTimeoutException.class);
    }

    assertThat(told.of("generationEnded"))
        .hasSize(1)
        .allMatch(line -> line.endsWith("CONTENT_POLICY"));
    assertThat(told.of("jobEnded"))
        .satisfiesExactly(
            failed -> assertThat(failed).contains("GENERATION_FAILED 1x GenerationFailedException"),
            running ->
                assertThat(running).contains("STILL_RUNNING").endsWith("WaitTimeoutException"));
  }

  @Test
  void aGenerationThatFailedAtOnceIsNoSuccess() {
    service.answers(json(200, Samples.failed("Model overloaded")));
    try (ElumentaClient elumenta = builder.build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(GenerationFailedException.class);
    }
    assertThat(told.of("callEnded"))
        .containsExactly("callEnded createGeneration GENERATION_FAILED 1x");
    assertThat(told.of("jobStarted", "jobEnded", "charged")).isEmpty(); // nothing to wait for
  }

  @Test
  void aLostCallThatIsFoundAndOneThatStaysOpen() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1)))
        .answersTo(POLL, completed(7));
    try (ElumentaClient elumenta = builder.build()) {
      elumenta.generate(Samples.image());
      service.answersTo(HISTORY, page());
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class);
    }

    assertThat(told.of("lookUpStarted", "lookUpEnded", "recovered"))
        .containsExactly(
            "lookUpStarted createGeneration TransportException",
            "lookUpEnded createGeneration FOUND",
            "recovered createGeneration 7",
            "lookUpStarted createGeneration TransportException",
            "lookUpEnded createGeneration NOT_SHOWN");
    assertThat(told.of("callEnded"))
        .contains(
            "callEnded createGeneration RECOVERED 1x",
            "callEnded createGeneration OUTCOME_UNKNOWN 1x OutcomeUnknownException");
  }

  @Test
  void aBreakerThatOpensAndCloses() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE), json(200, Samples.IMAGE_COMPLETED));
    try (ElumentaClient elumenta =
        builder
            .retry(RetryOptions.none())
            .circuitBreaker(
                CircuitBreakerOptions.defaults().withFailures(1).withPause(Duration.ofSeconds(30)))
            .build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(ElumentaException.class);
      time.passes(Duration.ofMinutes(10));
      elumenta.generate(Samples.image());
      elumenta.generate(Samples.image());
    }
    assertThat(told.of("breakerOpened", "breakerClosed"))
        .containsExactly("breakerOpened dall-e-3", "breakerClosed dall-e-3");
  }

  @Test
  void aCallThatIsHeldBackByPacingIsToldOfOnce() {
    service.answers(
        json(429, Samples.RATE_LIMITED).withHeader("Retry-After", "12"),
        json(200, Samples.IMAGE_COMPLETED));
    try (ElumentaClient elumenta =
        builder.retry(RetryOptions.none()).pacing(true).callTimeout(Duration.ofHours(1)).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(ElumentaException.class);
      elumenta.generate(Samples.image());
    }
    assertThat(told.of("heldBack")).containsExactly("heldBack createGeneration PACING");
  }

  @Test
  void aCallThatWaitsForAnotherToEndIsToldOfOnce() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));
    CountDownLatch waits = new CountDownLatch(1);
    CallListener first =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, int attempt) {
            await(waits); // which for the second call is over
          }

          @Override
          public void heldBack(CallInfo call, HeldBack wait) {
            waits.countDown();
          }
        };
    try (ElumentaClient elumenta = builder.listener(first).maxConcurrentCalls(1).build()) {
      CompletableFuture<?> one = elumenta.generateAsync(Samples.image());
      CompletableFuture<?> two = elumenta.generateAsync(Samples.image());
      CompletableFuture.allOf(one, two).join();
    }
    assertThat(told.of("heldBack")).containsExactly("heldBack createGeneration CALLS_AT_ONCE");
    assertThat(service.posts()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void downloadsAreToldOfByTheirHostAlone() {
    service.answersTo("/file", aResponse().withBody("12345"));
    service.answersTo("/gone", aResponse().withStatus(410));
    String host = service.url().replaceFirst("/api/v2$", "");
    try (ElumentaClient elumenta = builder.build()) {
      elumenta.download(host + "/file?signature=SECRET").to(new ByteArrayOutputStream());
      assertThatThrownBy(() -> elumenta.download(host + "/gone").to(new ByteArrayOutputStream()))
          .isInstanceOf(DownloadFailedException.class.getSuperclass());
    }
    assertThat(told.lines())
        .isEqualTo(
            List.of(
                "downloadStarted localhost",
                "downloadEnded localhost 5 bytes 1x",
                "downloadStarted localhost",
                "downloadEnded localhost 0 bytes 1x FileUnavailableException"));
  }
}
