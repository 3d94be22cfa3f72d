package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.POLL;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.LostAnswers.row;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ResponseFormatException;

/** Answers to a paid request that name no generation, and whose row is whose then. */
class NamelessAnswersTest {
  private static final String FILE_OF_ANOTHER = "\"result_url\":\"https://f/7?signed=again\"";

  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\":\"pending\"}",
        "{\"status\":\"pending\",\"result_text\":\"Half a text\"}",
        "{\"status\":\"Pending \",\"content\":\"Half a text\"}",
        "{\"status\":\"pending\",\"result_url\":\"https://f/preview\"}",
        "{\"status\":\"completed\"}",
        "{\"status\":\"completed\",\"content\":\" \",\"url\":null}",
        "{\"status\":\"rendering\",\"reference\":17}",
        "{\"id\":{},\"status\":\"pending\",\"content\":\"Half a text\"}",
        "{\"id\":\"\",\"status\":\"pending\",\"content\":\"Half a text\"}"
      })
  void whatNeitherNamesTheWorkNorEndsItIsOpenAndLookedFor(String body) {
    service.answersTo(CREATE, json(200, body)).answersTo(HISTORY, page());

    OutcomeUnknownException e =
        catchThrowableOfType(
            OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e).hasCauseInstanceOf(ResponseFormatException.class);
    assertThat(e.context().rawBody()).contains(body);
    assertThat(e.context().status()).hasValue(200);
    assertThat(elumenta.openCalls())
        .singleElement()
        .satisfies(open -> assertThat(open.state()).isEqualTo(OpenCall.State.LOST))
        .satisfies(open -> assertThat(open.id()).isEqualTo(e.openCall().orElseThrow().id()));
    assertThat(service.requestsTo(HISTORY)).isGreaterThan(3);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void itIsAdoptedFromTheHistoryAndItsIdIsKnownThoughNoAnswerRepeatsIt() {
    service
        .answersTo(CREATE, json(200, "{\"status\":\"pending\",\"result_text\":\"Half a text\"}"))
        .answersTo(HISTORY, page(row(7, 1)))
        .answersTo(
            POLL,
            json(200, "{\"status\":\"pending\"}"),
            json(200, "{\"status\":\"completed\",\"result_url\":\"https://f/7\"}"));

    GenerationJob job = elumenta.submit(Samples.image());

    assertThat(job.id()).contains(GenerationId.of(7));
    assertThat(job.await().fileUrl()).contains("https://f/7");
    assertThat(elumenta.openCalls()).isEmpty();
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theGeneratedInterfaceTellsTheSame() {
    service
        .answersTo(CREATE, json(200, "{\"status\":\"pending\",\"result_text\":\"Half a text\"}"))
        .answersTo(HISTORY, page());
    GenerationsApi generations = elumenta.api(GenerationsApi.class);

    assertThatThrownBy(() -> generations.createGeneration(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> generations.createGenerationWithResponse(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void theRowOfAResultWithoutAnIdIsNotTakenForThatOfALostCall() {
    oneIsAnsweredWithoutAnIdAndItsLikeIsLost(
        "{\"status\":\"completed\",\"result_url\":\"https://f/7\"}", row(7, 1));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Another call with the same model and prompt");
    assertThat(elumenta.openCalls()).as("the lost one, which may be looked for later").hasSize(1);
    assertThat(service.requestsTo(POLL)).isZero();
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void theFileTellsWhichRowIsThatOfTheResultWithoutAnId() {
    String ofAnother = row(7, 1).replace("\"status\"", FILE_OF_ANOTHER + ",\"status\"");
    String own = ofAnother.replace("/7?", "/8?").replace("\"id\":7", "\"id\":8");
    oneIsAnsweredWithoutAnIdAndItsLikeIsLost(
        "{\"status\":\"completed\",\"result_url\":\"https://f/7\"}", ofAnother, own);

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    assertThat(elumenta.openCalls()).isEmpty();
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void aGenerationThatCompletedIsNotThatOfACallThatFailed() {
    oneIsAnsweredWithoutAnIdAndItsLikeIsLost(
        "{\"status\":\"failed\",\"error\":\"Content blocked by safety filter\"}", row(8, 1));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void aGenerationThatFailedMayBeThatOfTheCallThatFailed() {
    oneIsAnsweredWithoutAnIdAndItsLikeIsLost(
        "{\"status\":\"failed\",\"error\":\"Content blocked by safety filter\"}",
        row(8, 1).replace("completed", "failed"));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Another call with the same model and prompt");
  }

  @Test
  void whatBeganAfterTheResultWithoutAnIdIsNotItsRow() {
    service
        .answersTo(
            CREATE, json(200, "{\"status\":\"completed\",\"result_url\":\"https://f/7\"}"), lost())
        .answersTo(HISTORY, page(row(8, 61)).withHeader("Date", "Sun, 08 Mar 2026 12:01:02 GMT"))
        .answersTo(POLL, completed(8));
    elumenta.generate(Samples.image());
    time.passes(Duration.ofMinutes(1));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void anotherPromptIsNotHeldUpByIt() {
    service
        .answersTo(
            CREATE, json(200, "{\"status\":\"completed\",\"result_url\":\"https://f/7\"}"), lost())
        .answersTo(HISTORY, page(row(8, 1)))
        .answersTo(POLL, completed(8));
    elumenta.generate(Samples.image().prompt("Something else"));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void aRowThatFailedMayBeThatOfAnAttemptThatWasRefused() {
    service
        .answersTo(CREATE, json(500, Samples.PROVIDER_ERROR), lost())
        .answersTo(HISTORY, page(row(7, 1).replace("completed", "failed")))
        .answersTo(POLL, completed(7));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history shows generations that may be it: [7]");
    assertThat(service.posts()).isEqualTo(2);
  }

  private void oneIsAnsweredWithoutAnIdAndItsLikeIsLost(String result, String... rows) {
    service
        .answersTo(CREATE, json(200, result), lost())
        .answersTo(HISTORY, page(rows))
        .answersTo(POLL, completed(8));
    try {
      Generation answered = elumenta.generate(Samples.image());
      assertThat(answered.identity()).isEmpty();
    } catch (ru.elumenta.client.error.GenerationFailedException failed) {
      assertThat(failed.generation().identity()).isEmpty();
    }
    assertThat(elumenta.openCalls()).isEmpty();
  }
}
