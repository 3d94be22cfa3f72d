package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.PromptForm;
import ru.elumenta.contract.scenario.RowFaults;
import ru.elumenta.contract.scenario.RowTime;

/** Histories other than documented, as they look on the wire, and what was charged. */
class RowFaultsTest {
  private static final String IMAGE = "dall-e-3";
  private static final String PROMPT = "A lighthouse at dusk";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final PlainClient client = new PlainClient(service);

  @AfterEach
  void stop() {
    service.close();
  }

  private static List<String> texts(JsonNode history, String member) {
    List<String> texts = new ArrayList<>();
    history.get("items").forEach(row -> texts.add(row.path(member).asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -5, 5, 3600})
  void theClockOfTheRowsIsNotTheClockOfTheHeaders(long seconds) {
    service.always().fail(RowFaults.rowClock(Duration.ofSeconds(seconds)));

    HttpResponse<String> created = client.post("/generate", PlainClient.request(IMAGE, PROMPT));

    Instant date =
        ZonedDateTime.parse(
                created.headers().firstValue("Date").orElseThrow(),
                DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
    JsonNode answer = PlainClient.json(created);
    assertThat(Duration.between(date, Instant.parse(answer.get("created_at").asText())))
        .hasSeconds(seconds);
    assertThat(Duration.between(date, Instant.parse(answer.get("completed_at").asText())))
        .hasSeconds(seconds);
    assertThat(texts(client.history(), "created_at"))
        .containsExactly(answer.get("created_at").asText());
    assertThat(PlainClient.json(client.get("/generate/" + answer.get("id"))).get("created_at"))
        .isEqualTo(answer.get("created_at"));
    assertThat(service.charges()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "WITHOUT_ZONE, \"2026-03-08T12:00:00\"",
    "LOCAL_WITHOUT_ZONE, \"2026-03-08T15:00:00\"",
    "WITH_OFFSET, \"2026-03-08T15:00:00+03:00\"",
    "WITH_SPACE, \"2026-03-08 12:00:00\"",
    "WITH_FRACTION, \"2026-03-08T12:00:00.000000Z\"",
    "SECONDS, 1772971200",
    "MILLISECONDS, 1772971200000",
    "SECONDS_AS_TEXT, \"1772971200\"",
    "DATE_ONLY, \"2026-03-08\"",
    "UNREADABLE, \"a moment ago\"",
    "NULL, null",
    "ABSENT, ''"
  })
  void timesAreWrittenInManyWays(RowTime form, String expected) {
    service.always().fail(RowFaults.rowTimes(form));
    client.generate(IMAGE, PROMPT);

    JsonNode row = client.history().get("items").get(0);

    assertThat(row.path("created_at").toString()).isEqualTo(expected);
  }

  @Test
  void everyPromptFormRewritesWhatItIsFor() {
    String prompt = " \u00c9t\u00e9 & \"sea\" <b>'s\r\nline\none - and  a very long tail ";
    client.generate(IMAGE, prompt);
    for (PromptForm form : PromptForm.values()) {
      service.healthy();
      service.always().to("listHistory").fail(RowFaults.rewrittenPrompts(form));

      String shown = texts(client.history(), "prompt").get(0);

      assertThat(shown).isEqualTo(form.apply(prompt));
      assertThat(shown.equals(prompt)).as(form.name()).isEqualTo(form == PromptForm.COMPOSED);
    }
    assertThat(PromptForm.CRLF.apply("a\nb\r\nc")).isEqualTo("a\r\nb\r\nc");
    assertThat(PromptForm.COMPOSED.apply("e\u0301")).isEqualTo("\u00e9");
    assertThat(PromptForm.DECOMPOSED.apply("\u00e9"))
        .isEqualTo(Normalizer.normalize("\u00e9", Normalizer.Form.NFD));
    assertThat(PromptForm.ESCAPED.apply("R&D <i>")).isEqualTo("R&amp;D &lt;i&gt;");
    assertThat(PromptForm.CUT_IN_THE_MIDDLE.apply("0123456789 in between 0123456789"))
        .isEqualTo("0123456789…0123456789");
    assertThat(PromptForm.CUT_AT_THE_END.apply("😀".repeat(21))).isEqualTo("😀".repeat(20) + "…");
  }

  @Test
  void anAnswerIsLostWhileTheWorkGoesOnAndItsRowComesThreeMinutesLater() {
    service
        .next()
        .to("createGeneration")
        .fail(
            Fault.resetAfterProcessing()
                .and(Fault.slowJob(Duration.ofMinutes(10)))
                .and(RowFaults.lateRows(Duration.ofMinutes(3))));
    assertThat(catchThrowable(() -> client.generate("kling-v2.1", PROMPT)))
        .isInstanceOf(UncheckedIOException.class);
    client.generate(IMAGE, "Another");

    assertThat(texts(client.history(), "prompt")).containsExactly("Another");
    service.advance(Duration.ofSeconds(179));
    assertThat(texts(client.history(), "prompt")).containsExactly("Another");
    service.advance(Duration.ofSeconds(1));
    assertThat(texts(client.history(), "prompt")).containsExactly("Another", PROMPT);
    assertThat(texts(client.history(), "status")).containsExactly("completed", "pending");
    assertThat(service.charges()).isEqualTo(2);
    assertThat(service.doubleCharges()).isZero();
  }

  @Test
  void aLostRequestThatIsSentAgainCountsAsDoubleWhateverElseIsWrong() {
    service.next().fail(Fault.gatewayTimeout().and(RowFaults.lateRows(Duration.ofMinutes(1))));
    client.post("/generate", PlainClient.request(IMAGE, PROMPT));
    client.generate(IMAGE, PROMPT);

    assertThat(service.doubleCharges()).isEqualTo(1);
  }

  @Test
  void allRowsAreLate() {
    service.always().to("listHistory").fail(RowFaults.lateRows(Duration.ofSeconds(30)));
    JsonNode made = client.generate(IMAGE, PROMPT);

    assertThat(client.history().get("items")).isEmpty();
    assertThat(client.history().get("total").asInt()).isZero();
    assertThat(client.get("/generate/" + made.get("id")).statusCode()).isEqualTo(200);
    service.advance(Duration.ofSeconds(30));
    assertThat(client.history().get("items")).hasSize(1);
  }

  @Test
  void othersOfTheSameAccountDoTheSameAtTheSameTime() {
    long before = service.balance();
    service
        .next()
        .to("createGeneration")
        .fail(Fault.resetBeforeProcessing().and(RowFaults.rowsOfOthers(2, Duration.ofSeconds(1))));
    assertThat(catchThrowable(() -> client.generate(IMAGE, PROMPT)))
        .isInstanceOf(UncheckedIOException.class);

    service.advance(Duration.ofSeconds(2));
    assertThat(texts(client.history(), "prompt")).containsExactly(PROMPT, PROMPT);
    assertThat(texts(client.history(), "model_slug")).containsExactly(IMAGE, IMAGE);
    assertThat(texts(client.history(), "created_at")).containsOnly("2026-03-08T12:00:01Z");
    assertThat(service.charges()).as("what this caller paid").isZero();
    assertThat(service.generationsCreated()).isZero();
    assertThat(service.doubleCharges()).isZero();
    assertThat(before - service.balance()).as("what the others paid").isEqualTo(10);
  }

  @Test
  void whatOthersMakeCanDifferInItsParameters() {
    service.next().fail(RowFaults.rowsOfOthersWithOtherParameters(1, Duration.ofSeconds(-1)));
    JsonNode own =
        PlainClient.json(
            client.post(
                "/generate",
                "{\"model\":\"dall-e-3\",\"prompt\":\"x\",\"params\":{\"size\":\"1024x1792\"}}"));

    List<String> ids = texts(client.history(), "id");
    assertThat(ids).hasSize(2).contains(own.get("id").asText());
    assertThat(own.at("/result_metadata/height").asInt()).isEqualTo(1792);
    JsonNode other =
        PlainClient.json(
            client.get(
                "/generate/"
                    + ids.stream()
                        .filter(id -> !id.equals(own.get("id").asText()))
                        .findFirst()
                        .orElseThrow()));
    assertThat(other.at("/result_metadata/height").asInt()).isEqualTo(1024);
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void pagesShiftWhileTheyAreRead() {
    for (int i = 0; i < 4; i++) {
      client.generate(IMAGE, "Prompt " + i);
    }
    service.always().to("listHistory").fail(RowFaults.rowsAddedWhilePaging(1));

    List<String> read = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      read.addAll(
          texts(PlainClient.json(client.get("/user/history?limit=2&page=" + page)), "prompt"));
    }

    assertThat(read)
        .containsExactly("Prompt 3", "Prompt 2", "Prompt 2", "Prompt 1", "Prompt 1", "Prompt 0");
    assertThat(service.charges()).isEqualTo(4);
  }

  @Test
  void rowsAreNullOrOddTotalsLieAndTheOrderIsAnother() {
    client.generate(IMAGE, "First");
    client.generate(IMAGE, "Second");
    service.always().to("listHistory").fail(RowFaults.nullRows(2));
    service.always().to("listHistory").fail(RowFaults.oddRows(1, "{\"id\":[]}"));
    service.always().to("listHistory").fail(RowFaults.totalOfRows(-1));
    service.always().to("listHistory").fail(RowFaults.oldestRowsFirst());

    JsonNode history = client.history();

    JsonNode items = history.get("items");
    assertThat(items).hasSize(5);
    assertThat(items.get(0).toString()).isEqualTo("{\"id\":[]}");
    assertThat(items.get(1).isNull()).isTrue();
    assertThat(items.get(2).get("prompt").asText()).isEqualTo("First");
    assertThat(items.get(3).isNull()).isTrue();
    assertThat(items.get(4).get("prompt").asText()).isEqualTo("Second");
    assertThat(history.get("total").asInt()).isEqualTo(-1);
  }

  @Test
  void lastingPeculiaritiesDoNotUseUpWhatHappensToOneRequest() {
    service.always().fail(RowFaults.rowClock(Duration.ofSeconds(-5)));
    service.next().to("createGeneration").fail(Fault.gatewayTimeout());
    service.next().to("listHistory").fail(RowFaults.nullRows(1));

    assertThat(client.post("/generate", PlainClient.request(IMAGE, PROMPT)).statusCode())
        .isEqualTo(504);
    JsonNode items = client.history().get("items");

    assertThat(items).hasSize(2);
    assertThat(items.get(1).get("created_at").asText()).isEqualTo("2026-03-08T11:59:55Z");
    assertThat(client.history().get("items")).hasSize(1);
    assertThat(service.faultsLeft()).isZero();
    service.healthy();
    assertThat(texts(client.history(), "created_at")).containsExactly("2026-03-08T12:00:00Z");
  }

  @Test
  void whatCanNeverHappenIsRefusedWhenItIsArmed() {
    assertThatThrownBy(() -> service.next().to("getBalance").fail(RowFaults.nullRows(1)))
        .hasMessage("The fault nullRows cannot come to getBalance; it can to listHistory.");
    assertThatThrownBy(
            () -> service.next().to("listHistory").fail(RowFaults.rowsOfOthers(1, Duration.ZERO)))
        .hasMessageContaining("it can to createGeneration, streamGeneration, transcribe.");
    assertThatThrownBy(
            () ->
                service
                    .next()
                    .fail(RowFaults.nullRows(1).and(Fault.failedGeneration("Content policy"))))
        .hasMessageContaining("never come to the same operation");
    assertThatThrownBy(() -> service.next().to("listHistories").fail(RowFaults.nullRows(1)))
        .hasMessageStartingWith("The contract has no operation listHistories; it has createGen")
        .hasMessageContaining("listHistory");
    assertThatThrownBy(() -> RowFaults.oddRows(1, "{")).hasMessage("This is no JSON: {");
    assertThatThrownBy(() -> RowFaults.nullRows(0)).hasMessageContaining("between 1 and");
    assertThat(service.faultsLeft()).isZero();
  }
}
