package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.POLL;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.LostAnswers.row;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.ModelUnavailableException;

/** Further models are asked if, and only if, that costs nothing. */
class ModelFallbackTest {
  private static final List<String> FURTHER = List.of("flux-1.1-pro", "midjourney-v6");

  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).recovery(Recovery.FAIL).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private List<String> modelsAsked() {
    return service.requests().stream()
        .filter(request -> request.getMethod().getName().equals("POST"))
        .map(request -> request.getBodyAsString().replaceAll(".*\"model\":\"([^\"]+)\".*", "$1"))
        .toList();
  }

  @Test
  void theFirstModelThatIsThereAnswersAndTheResultSaysWhich() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "120"),
        json(200, Samples.IMAGE_COMPLETED));

    ModelAnswer answer = elumenta.generateWithFallback(Samples.image(), FURTHER);

    assertThat(answer.model()).isEqualTo("flux-1.1-pro");
    assertThat(answer.generation().fileUrl()).isPresent();
    assertThat(answer.passedOver()).singleElement().isInstanceOf(ModelUnavailableException.class);
    assertThat(modelsAsked()).containsExactly("dall-e-3", "flux-1.1-pro");
    assertThat(time.slept()).as("waited for the model that is out").isZero();
  }

  @Test
  void everyModelGetsTheWholeRequestAndTheCallersIsLeftAlone() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE), json(200, Samples.IMAGE_COMPLETED));
    GenerationRequest request = Samples.image();

    elumenta.generateWithFallback(request, FURTHER);

    String first = service.requests().get(0).getBodyAsString();
    String second = service.requests().get(1).getBodyAsString();
    assertThat(second).isEqualTo(first.replace("dall-e-3", "flux-1.1-pro"));
    assertThat(request).isEqualTo(Samples.image());
  }

  @Test
  void aGenerationThatFailedForOverloadIsMadeByTheNext() {
    service.answers(
        json(200, Samples.failed("Service unavailable: model is overloaded")),
        json(200, Samples.IMAGE_COMPLETED));

    ModelAnswer answer = elumenta.generateWithFallback(Samples.image(), FURTHER);

    assertThat(answer.model()).isEqualTo("flux-1.1-pro");
    assertThat(answer.passedOver()).singleElement().isInstanceOf(GenerationFailedException.class);
  }

  @Test
  void anOpenBreakerIsPassedOverWithoutARequest() {
    try (ElumentaClient guarded =
        service
            .client(time)
            .circuitBreaker(CircuitBreakerOptions.defaults().withFailures(1))
            .build()) {
      service.answers(json(503, Samples.MODEL_UNAVAILABLE), json(200, Samples.IMAGE_COMPLETED));

      guarded.generateWithFallback(Samples.image(), FURTHER);
      ModelAnswer second = guarded.generateWithFallback(Samples.image(), FURTHER);

      assertThat(second.passedOver()).singleElement().isInstanceOf(CircuitOpenException.class);
      assertThat(modelsAsked()).containsExactly("dall-e-3", "flux-1.1-pro", "flux-1.1-pro");
    }
  }

  @Test
  void theLastModelIsTriedAsAnyOtherAndItsFailureCarriesTheEarlierOnes() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE));

    Throwable failure =
        catchThrowable(() -> elumenta.generateWithFallback(Samples.image(), FURTHER));

    assertThat(failure).isInstanceOf(ModelUnavailableException.class);
    assertThat(failure.getSuppressed()).hasSize(4); // two of its own, two of the others
    assertThat(modelsAsked())
        .containsExactly(
            "dall-e-3", "flux-1.1-pro", "midjourney-v6", "midjourney-v6", "midjourney-v6");
  }

  @Test
  void afterALostAnswerNoOtherModelIsAsked() {
    service.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThatThrownBy(() -> elumenta.generateWithFallback(Samples.image(), FURTHER))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(modelsAsked()).containsExactly("dall-e-3");
  }

  @Test
  void whatAnotherModelWouldRefuseTooIsNotAskedOfIt() {
    service.answers(json(402, "{\"error\":\"insufficient_tokens\",\"message\":\"Not enough\"}"));

    assertThatThrownBy(() -> elumenta.generateWithFallback(Samples.image(), FURTHER))
        .isInstanceOf(InsufficientTokensException.class);
    assertThat(modelsAsked()).containsExactly("dall-e-3");
  }

  @Test
  void whatWasMadeAndCannotBeReadIsNotMadeByAnother() {
    try (ElumentaClient recovering = service.client(time).build()) {
      service
          .answersTo(CREATE, lost(), completed(8))
          .answersTo(HISTORY, page(row(7, 1)))
          .answersTo(POLL, json(503, Samples.MODEL_UNAVAILABLE));

      assertThatThrownBy(() -> recovering.generateWithFallback(Samples.image(), FURTHER))
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("The request ran as this generation");
      assertThat(modelsAsked()).containsExactly("dall-e-3");
    }
  }

  @Test
  void afterALostAnswerAnUnavailableModelIsNotReplacedEither() {
    try (ElumentaClient recovering =
        service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      service
          .answersTo(CREATE, lost(), json(503, Samples.MODEL_UNAVAILABLE), completed(8))
          .answersTo(HISTORY, page());

      assertThatThrownBy(() -> recovering.generateWithFallback(Samples.image(), FURTHER))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasCauseInstanceOf(ModelUnavailableException.class);
      assertThat(modelsAsked()).containsExactly("dall-e-3", "dall-e-3");
    }
  }

  @Test
  void aFailedGenerationThatWasChargedIsTheResult() {
    service.answers(
        json(
            200,
            Samples.failed("model is overloaded")
                .replace("\"tokens_spent\":0", "\"tokens_spent\":40")));

    assertThatThrownBy(() -> elumenta.generateWithFallback(Samples.image(), FURTHER))
        .isInstanceOf(GenerationFailedException.class)
        .hasMessageContaining("Tokens charged: 40");
    assertThat(modelsAsked()).containsExactly("dall-e-3");
  }

  @Test
  void creatingAndWaitingHaveEachTheirOwnTime() {
    try (ElumentaClient patient =
        service.client(time).callTimeout(Duration.ofMinutes(10)).build()) {
      service
          .answersTo(
              CREATE,
              json(429, Samples.RATE_LIMITED.replace("847", "400")),
              json(200, "{\"id\":9,\"status\":\"pending\"}"))
          .answersTo(POLL, json(200, "{\"id\":9,\"status\":\"pending\"}"), completed(9));

      assertThat(patient.generateWithFallback(Samples.image(), FURTHER).model())
          .isEqualTo("dall-e-3");
      assertThat(time.slept()).isEqualTo(Duration.ofSeconds(410));
    }
  }

  @Test
  void allModelsTogetherHaveTheTimeOfOneCall() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE));

    assertThatThrownBy(
            () ->
                elumenta
                    .within(Duration.ofMillis(2_500))
                    .generateWithFallback(Samples.image(), FURTHER))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("would exceed the deadline of the call");
    assertThat(time.slept()).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void aRequestWithoutAModelIsRefused() {
    assertThatThrownBy(
            () -> elumenta.generateWithFallback(new GenerationRequest().prompt("x"), FURTHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The request must name the first model.");
    assertThat(service.requests()).isEmpty();
  }
}
