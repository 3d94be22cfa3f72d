package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;

/** Answers other than documented, as they look on the wire, and what was charged. */
class AnswerFaultsTest {
  private static final String IMAGE = PlainClient.request("dall-e-3", "A lighthouse");

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final PlainClient client = new PlainClient(service);

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonNode made() {
    return PlainClient.json(client.post("/generate", IMAGE));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "duration, \"5s\", /duration",
        "thumbnail_url, [], /thumbnail_url",
        "result_url, \"\", /result_url",
        "result_metadata.duration, \"5s\", /result_metadata/duration",
        "tokens_spent, \"many\", /tokens_spent",
        "id, 18473.0, /id"
      })
  void aMemberIsOdd(String member, String json, String pointer) {
    service.next().fail(AnswerFaults.member(member, json));

    assertThat(made().at(pointer).toString()).isEqualTo(json);
    assertThat(service.charges()).isEqualTo(1);
    assertThat(made().at(pointer).toString()).as("the next answer").isNotEqualTo(json);
  }

  @Test
  void aMemberIsMissingOrHasAnotherName() {
    service.next().fail(AnswerFaults.withoutMember("id"));
    assertThat(made().has("id")).isFalse();
    service.next().fail(AnswerFaults.renamedMember("id", "generation_id"));
    JsonNode renamed = made();
    assertThat(renamed.has("id")).isFalse();
    assertThat(renamed.get("generation_id").asLong()).isEqualTo(18474);
    service.next().fail(AnswerFaults.withoutMember("processing_ms"));
    assertThat(made().has("processing_ms")).isFalse();

    assertThat(service.charges()).isEqualTo(3);
    assertThat(service.doubleCharges()).as("after two that could not be told apart").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "18473.0, 0",
        "\"18473\", 0",
        "-1, 0",
        "null, 1",
        "\"\", 1",
        "\" \", 1",
        "[18473], 1",
        "{}, 1"
      })
  void whoCannotReadAnIdWasNotToldWhatHePaidFor(String id, int doubles) {
    service.next().fail(AnswerFaults.member("id", id));
    made();
    made();

    assertThat(service.doubleCharges()).isEqualTo(doubles);
  }

  @Test
  void theEndHasAnotherWordAndSoHasTheWaiting() {
    service.always().fail(AnswerFaults.wordForCompleted("Completed"));
    service.always().fail(AnswerFaults.wordForPending("queued"));

    assertThat(made().get("status").asText()).isEqualTo("Completed");
    JsonNode video = client.generate("kling-v2.1", "A storm");
    assertThat(video.get("status").asText()).isEqualTo("queued");
    assertThat(client.history().get("items"))
        .extracting(row -> row.get("status").asText())
        .containsExactly("queued", "Completed");
    service.advance(Duration.ofHours(1));
    assertThat(PlainClient.json(client.get("/generate/" + video.get("id"))).get("status").asText())
        .isEqualTo("Completed");
  }

  @Test
  void membersOfListsAndOfTheirRowsAreChanged() {
    made();
    made();
    service.next().to("listHistory").fail(AnswerFaults.member("prompt", "7"));
    assertThat(client.history().get("items"))
        .extracting(row -> row.get("prompt").asInt())
        .containsExactly(7, 7);
    service.next().to("listHistory").fail(AnswerFaults.member("total", "\"two\""));
    assertThat(client.history().get("total").asText()).isEqualTo("two");
    service.next().to("listModels").fail(AnswerFaults.member("token_cost", "null"));
    assertThat(PlainClient.json(client.get("/models")))
        .allMatch(model -> model.get("token_cost").isNull());
    service.next().to("listHistory").fail(AnswerFaults.withoutMember("items"));
    assertThat(client.history().has("items")).isFalse();
  }

  static List<Fault> neverTold() {
    return List.of(
        AnswerFaults.emptyObject(),
        AnswerFaults.emptyBody(),
        AnswerFaults.answerAfterProcessing(200, "application/json", "{\"status\":\"pending\"}"),
        AnswerFaults.answerAfterProcessing(202, "text/plain", "Accepted"));
  }

  @ParameterizedTest
  @MethodSource("neverTold")
  void anAnswerThatNamesNothingWasChargedAndPayingAgainIsSeen(Fault fault) {
    service.next().fail(fault);

    HttpResponse<String> answer = client.post("/generate", IMAGE);

    assertThat(answer.statusCode()).isEqualTo(fault.status());
    assertThat(answer.body()).isEqualTo(fault.body());
    assertThat(service.charges()).isEqualTo(1);
    assertThat(service.tokensCharged()).isEqualTo(5);
    made();
    assertThat(service.doubleCharges()).isEqualTo(1);
  }

  @Test
  void refusalsAreLeftAlone() {
    service.balance(0);
    service.next().fail(AnswerFaults.member("message", "[]"));

    assertThat(client.post("/generate", IMAGE).body()).contains("\"message\":\"Insufficient");
    assertThat(service.charges()).isZero();
  }
}
