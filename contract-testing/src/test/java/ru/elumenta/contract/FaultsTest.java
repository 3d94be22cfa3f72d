package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ModelAnswer;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Each fault as it looks from outside, and what becomes of the account. */
class FaultsTest {
  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void stop() {
    service.close();
  }

  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  private HttpRequest post() {
    return HttpRequest.newBuilder(URI.create(service.baseUrl() + "/generate"))
        .header("Authorization", "Bearer " + service.apiKey())
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(10))
        .POST(BodyPublishers.ofString("{\"model\":\"dall-e-3\",\"prompt\":\"A lighthouse\"}"))
        .build();
  }

  private HttpResponse<String> sent() throws IOException, InterruptedException {
    return http.send(post(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "modelUnavailable, 503, model_unavailable",
    "providerError, 500, provider_error",
    "tokenExpired, 401, token_expired",
    "rateLimited, 429, retry_after",
    "error, 418, teapot",
    "wrongEnvelope, 502, detail",
    "htmlPage, 504, <html>"
  })
  void anAnswerInPlaceOfTheWorkChargesNothing(String fault, int status, String body)
      throws Exception {
    service
        .next()
        .fail(
            switch (fault) {
              case "modelUnavailable" -> Fault.modelUnavailable();
              case "providerError" -> Fault.providerError();
              case "tokenExpired" -> Fault.tokenExpired();
              case "rateLimited" -> Fault.rateLimited(Duration.ofMinutes(14));
              case "error" -> Fault.error(status, "teapot");
              case "wrongEnvelope" -> Fault.wrongEnvelope(status);
              default -> Fault.htmlPage(status);
            });

    HttpResponse<String> answer = sent();

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(body);
    assertThat(service.tokensCharged()).isZero();
    assertThat(sent().statusCode()).as("the next one").isEqualTo(200);
  }

  static List<Fault> cutOff() {
    return List.of(
        Fault.resetBeforeProcessing(), Fault.resetAfterProcessing(), Fault.truncatedBody());
  }

  @ParameterizedTest
  @MethodSource("cutOff")
  void aConnectionThatBreaksIsNoAnswer(Fault fault) {
    service.next().fail(fault);

    assertThat(catchThrowable(this::sent)).isInstanceOf(IOException.class);

    boolean isCharged = fault.phase() == Fault.Phase.AFTER_PROCESSING;
    assertThat(service.tokensCharged()).isEqualTo(isCharged ? 5 : 0);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void aStallShowsHeadersAndThenNothing() throws Exception {
    service.next().fail(Fault.stall());

    var answer = http.sendAsync(post(), BodyHandlers.ofInputStream()).join();

    assertThat(answer.statusCode()).isEqualTo(200);
    try (var body = answer.body()) {
      assertThat(body.readNBytes(10)).hasSize(10);
      assertThat(catchThrowable(() -> readAllWithin(body, Duration.ofMillis(300)))).isNotNull();
    }
    assertThat(service.tokensCharged()).isEqualTo(5);
  }

  private static void readAllWithin(java.io.InputStream body, Duration limit) throws Exception {
    java.util.concurrent.CompletableFuture.supplyAsync(
            () -> {
              try {
                return body.readAllBytes();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .get(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  @Test
  void halfTheJsonIsAWholeAnswer() throws Exception {
    service.next().fail(Fault.brokenJson());

    HttpResponse<String> answer = sent();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"id\":").doesNotEndWith("}");
    assertThat(service.tokensCharged()).isEqualTo(5);
  }

  @Test
  void aDelayAndADripTakeTheirTimeAndBringEverything() throws Exception {
    int length = sent().body().length();
    service.next().fail(Fault.delay(Duration.ofMillis(300)));
    service.next().fail(Fault.drip(Duration.ofMillis(1)));

    long start = System.nanoTime();
    assertThat(sent().body()).hasSize(length);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    start = System.nanoTime();
    assertThat(sent().body()).hasSize(length);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(length));
  }

  @Test
  void aFaultIsForOneModelOneOperationAndSoManyRequests() {
    service.next(2).to("createGeneration").forModel("dall-e-3").fail(Fault.modelUnavailable());
    try (ElumentaClient elumenta = service.client().build()) {
      elumenta.balance();
      elumenta.generate(image().model("photon-flash"));
      assertThat(service.faultsLeft()).isEqualTo(1);

      elumenta.generate(image());

      assertThat(service.faultsLeft()).isZero();
      assertThat(service.requests("createGeneration")).isEqualTo(4);
    }
    assertThat(catchThrowable(() -> service.next().to("createGenerations").fail(Fault.stall())))
        .hasMessageStartingWith(
            "The contract has no operation createGenerations; it has createGen");
  }

  @Test
  void chargedButNeverToldIsFoundAgainAndPaidOnce() {
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    try (ElumentaClient elumenta = service.client().build()) {
      elumenta.generate(image());

      assertThat(service.charges()).isEqualTo(1);
      assertThat(service.doubleCharges()).isZero();
      assertThat(service.requests("createGeneration")).isEqualTo(1);
    }
  }

  @Test
  void whoSendsAgainPaysTwice() {
    service.next().to("createGeneration").fail(Fault.gatewayTimeout());
    try (ElumentaClient careless = service.client().recovery(Recovery.RESEND).build()) {
      careless.generate(image());

      assertThat(service.charges()).isEqualTo(2);
      assertThat(service.doubleCharges()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownOutcomeIsSaid() {
    service.next().to("createGeneration").fail(Fault.gatewayTimeout());
    service.always().to("listHistory").fail(Fault.htmlPage(502));
    try (ElumentaClient elumenta = service.client().build()) {
      ElumentaException e =
          catchThrowableOfType(OutcomeUnknownException.class, () -> elumenta.generate(image()));

      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(service.charges()).isEqualTo(1);
    }
  }

  @Test
  void anOverloadedModelIsReplacedByAnother() {
    service.always().forModel("dall-e-3").fail(Fault.modelUnavailable());
    try (ElumentaClient elumenta = service.client().build()) {
      ModelAnswer answer = elumenta.generateWithFallback(image(), List.of("flux-1.1-pro"));

      assertThat(answer.model()).isEqualTo("flux-1.1-pro");
      assertThat(service.tokensCharged()).isEqualTo(4);
      service.healthy();
      elumenta.generate(image());
      assertThat(service.tokensCharged()).isEqualTo(9);
    }
  }

  @Test
  void nobodyComesEarlierThanAsked() {
    service.next(2).to("createGeneration").fail(Fault.rateLimited(Duration.ofSeconds(20)));
    try (ElumentaClient elumenta = service.client().build()) {
      elumenta.generate(image());

      assertThat(service.requestsTooEarly()).isZero();
      assertThat(Duration.between(SimulatedTime.START, service.time().now()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }
  }

  @Test
  void whoComesTooEarlyIsCounted() throws Exception {
    service.next().fail(Fault.rateLimited(Duration.ofSeconds(20)));
    sent();
    service.advance(Duration.ofSeconds(19));
    sent();
    assertThat(service.requestsTooEarly()).isEqualTo(1);
    service.advance(Duration.ofSeconds(1));
    sent();
    assertThat(service.requestsTooEarly()).isEqualTo(1);
  }

  @Test
  void generationsFailAndJobsNeverEnd() {
    GenerationRequest video = image().model("kling-v2.1");
    service.next().to("createGeneration").fail(Fault.failedGeneration("Content policy violation"));
    service.next().to("createGeneration").fail(Fault.neverEndingJob());
    service.next().to("createGeneration").fail(Fault.slowJob(Duration.ofMinutes(10)));
    try (ElumentaClient elumenta = service.client().build()) {
      assertThat(
              catchThrowableOfType(
                  GenerationFailedException.class, () -> elumenta.generate(image())))
          .isNotNull();
      assertThat(service.tokensCharged()).isZero();
      assertThat(catchThrowableOfType(WaitTimeoutException.class, () -> elumenta.generate(video)))
          .isNotNull();
      assertThat(elumenta.generate(video).fileUrl()).isPresent();
    }
  }

  @Test
  void aServiceWhoseClockIsWrongIsUnderstood() {
    service.clockSkew(Duration.ofHours(-3));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    try (ElumentaClient elumenta = service.client().build()) {
      elumenta.generate(image());

      assertThat(service.charges()).isEqualTo(1);
    }
  }
}
