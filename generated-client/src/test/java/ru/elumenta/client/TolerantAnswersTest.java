package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.HistoryPage;
import ru.elumenta.client.options.HistoryFilter;

/** Answers as real services give them: what a caller came for is read. */
class TolerantAnswersTest {
  private static final String FILE = "https://storage.elumenta.ru/generations/18473.webp";

  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final List<AnswerFinding> findings = new ArrayList<>();
  private final ElumentaClient elumenta =
      service
          .client(time)
          .listener(
              new CallListener() {
                @Override
                public void answerDeviates(CallInfo call, List<AnswerFinding> found) {
                  findings.addAll(found);
                }
              })
          .build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"duration\":\"5s\"",
        "\"thumbnail_url\":[\"https://a\",\"https://b\"]",
        "\"result_metadata\":\"1024x1024\"",
        "\"tokens_spent\":{\"amount\":8}",
        "\"seed\":1.5",
        "\"completed_at\":\"just now\"",
        "\"usage\":[1,2]"
      })
  void aMemberOfAWrongShapeCostsNobodyTheResult(String odd) {
    String answer =
        "{\"id\":18473,\"status\":\"completed\",%s,\"result_url\":\"%s\"}".formatted(odd, FILE);
    service.answers(json(200, answer));

    Generation image = elumenta.generate(Samples.image());

    assertThat(image.fileUrl()).contains(FILE);
    assertThat(image.getId()).isEqualTo(GenerationId.of(18473));
    assertThat(image.getAdditionalProperties())
        .containsOnlyKeys(odd.substring(1, odd.indexOf(':') - 1));
    assertThat(image.receivedBody()).contains(answer);
    assertThat(findings)
        .extracting(AnswerFinding::place)
        .containsExactly("/" + odd.substring(1, odd.indexOf(':') - 1));
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aFindingSaysWhatIsOddAndShowsNothingOfIt() {
    service.answers(json(200, "{\"id\":1,\"status\":\"completed\",\"duration\":\"secret\"}"));

    elumenta.generate(Samples.image());

    assertThat(findings).hasToString("[/duration is a text where a number is documented]");
  }

  @Test
  void anEchoedKeyIsNotKept() {
    service.answers(
        json(
            200,
            "{\"id\":1,\"status\":\"cancelled\",\"completed_at\":7,\"key\":\"%s\"}"
                .formatted(Service.KEY)));

    GenerationFailedException failed =
        catchThrowableOfType(
            GenerationFailedException.class, () -> elumenta.generate(Samples.image()));

    assertThat(failed.context().rawBody().orElseThrow())
        .contains("cancelled")
        .doesNotContain(Service.KEY);
    assertThat(failed.generation().receivedBody()).isEqualTo(failed.context().rawBody());
  }

  @Test
  void whatIsSetTakesThePlaceOfWhatCame() {
    service.answers(json(200, "{\"id\":1,\"status\":\"completed\",\"duration\":\"5s\"}"));
    Generation video = elumenta.generate(Samples.image());

    assertThat(video.getDuration()).isNull();
    assertThat(video.getAdditionalProperty("duration")).isEqualTo("5s");
    assertThat(video.toString()).contains("duration=5s");
    assertThat(video.duration(5.0).getAdditionalProperties()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          18473.0     | 18473
          "18473"     | 18473
          1.8473e4    | 18473
          9007199254740993.0 | 9007199254740993
          """)
  void whatCanBeUnderstoodWithoutGuessingIsAnId(String sent, String id) {
    service.answers(
        json(
            200,
            "{\"id\":%s,\"status\":\"completed\",\"tokens_spent\":\"13\",\"result_url\":\"%s\"}"
                .formatted(sent, FILE)));

    Generation image = elumenta.generate(Samples.image());

    assertThat(image.getId()).hasToString(id);
    assertThat(image.tokensCharged()).hasValue(13);
  }

  @Test
  void contentAsPartsGivesItsText() {
    service.answers(
        json(
            200,
            "{\"id\":1,\"status\":\"completed\",\"content\":[{\"type\":\"text\",\"text\":\"One,"
                + " \"},"
                + "{\"type\":\"image_url\",\"image_url\":{}},{\"type\":\"text\",\"text\":\"two.\"}]}"));

    Generation text = elumenta.generate(Samples.image());

    assertThat(text.text()).contains("One, two.");
    assertThat(text.getContent()).isEqualTo("One, two.");
    assertThat((List<?>) text.getAdditionalProperty("content")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"result_url\":\"\",\"output_url\":\"%s\"",
        "\"result_url\":\" \",\"url\":\"%s\"",
        "\"result_url\":false,\"output_url\":\"%s\"",
        "\"result_url\":[\"%s\",\"https://second\"]",
        "\"output_url\":{\"url\":\"%s\"}"
      })
  void theFirstThatSaysSomethingIsTheFile(String members) {
    service.answers(
        json(200, "{\"id\":1,\"status\":\"completed\",%s}".formatted(members.formatted(FILE))));

    assertThat(elumenta.generate(Samples.image()).fileUrl()).contains(FILE);
  }

  @Test
  void oddRowsAndNullsDoNotSpoilTheHistory() {
    service.answers(
        json(
            200,
            "{\"items\":[null,{\"id\":3,\"created_at\":{},\"prompt\":[1]},\"row\",7,"
                + "{\"id\":2.0,\"status\":\"Completed\",\"user_rating\":\"good\"}],\"total\":6}"),
        json(200, "{\"items\":[{\"id\":1}],\"total\":\"6\"}"));

    List<HistoryItem> rows =
        elumenta.history(HistoryFilter.all().withPageSize(5)).stream().toList();

    assertThat(rows).extracting(row -> row.getId().toString()).containsExactly("3", "2", "1");
    assertThat(findings)
        .extracting(AnswerFinding::toString)
        .contains("/items has elements that cannot be read and are left out: 3");
    assertThat(service.requests()).as("the rows that were left out are of the total").hasSize(2);
  }

  @Test
  void aPageAndItsRowsShowTheAnswerTheyCameIn() {
    String page = "{\"items\":[{\"id\":1},null],\"total\":1}";
    service.answers(json(200, page));

    HistoryPage read = elumenta.api(HistoryApi.class).listHistory(null);

    assertThat(read.receivedBody()).contains(page);
    assertThat(read.getItems().get(0).receivedBody()).contains(page);
    assertThat(read).isEqualTo(new HistoryPage().total(1L).addItemsItem(read.getItems().get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Completed" | "result_url":"%s"
          " COMPLETED " | "result_url":"%s"
          "succeeded" | "result_url":"%s"
          "done"      | "result_url":"","output_url":"%s"
          ""          | "result_url":"%s"
          7           | "result_url":"%s"
          {"a":1}     | "result_url":"%s"
          """)
  void anEndIsUnderstoodInWhateverWord(String status, String members) {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(200, "{\"id\":18502,\"status\":%s,%s}".formatted(status, members.formatted(FILE))));

    assertThat(elumenta.generate(Samples.image()).fileUrl()).contains(FILE);
    assertThat(service.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"status\":\"FAILED\",\"error\":\"Content policy violation\"",
        "\"status\":\"cancelled\",\"completed_at\":\"2026-03-01T12:00:00Z\"",
        "\"status\":\"aborted\",\"failed_at\":\"2026-03-01 12:00:00\"",
        "\"status\":\"expired\",\"finished_at\":1767225600"
      })
  void anEndWithoutAResultIsAFailure(String members) {
    String end = "{\"id\":18502," + members + "}";
    service.answers(json(200, Samples.VIDEO_PENDING), json(200, end));

    GenerationFailedException failed =
        catchThrowableOfType(
            GenerationFailedException.class, () -> elumenta.generate(Samples.image()));

    assertThat(failed.context().rawBody()).contains(end);
    assertThat(failed.generation().getId()).isEqualTo(GenerationId.of(18502));
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void anUnknownStatusWithoutAnEndStaysUnfinishedAndTheExceptionHasTheLastAnswer() {
    String rendering = "{\"id\":18502,\"status\":\"rendering\",\"frames\":[1,2]}";
    service.answers(json(200, Samples.VIDEO_PENDING), json(200, rendering));
    GenerationJob job = elumenta.submit(Samples.image());

    WaitTimeoutException late =
        catchThrowableOfType(WaitTimeoutException.class, () -> job.await(Duration.ofSeconds(12)));

    assertThat(late.lastStatus().orElseThrow().value()).isEqualTo("rendering");
    assertThat(late.lastAnswer().orElseThrow().getAdditionalProperties())
        .isEqualTo(Map.of("frames", List.of(1, 2)));
    assertThat(late.context().rawBody()).contains(rendering);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>Welcome</html>", "", "[]", "null", "{\"id\":18502,\"sta", "\"ok\""})
  void aPollThatCannotBeReadIsAFailedPollLikeAnyOther(String odd) {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(200, odd),
        json(200, odd),
        json(200, Samples.VIDEO_COMPLETED));

    Generation video = elumenta.generate(Samples.image());

    assertThat(video.fileUrl()).isPresent();
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requests()).hasSize(4);
  }

  @Test
  void anAnswerThatNamesItsIdOtherwiseIsFollowed() {
    service.answers(
        json(200, "{\"generation_id\":18502,\"status\":\"pending\"}"),
        json(200, Samples.VIDEO_COMPLETED));

    assertThat(elumenta.generate(Samples.image()).fileUrl()).isPresent();
    assertThat(service.requests())
        .last()
        .satisfies(poll -> assertThat(poll.getUrl()).endsWith("/generate/18502"));
  }
}
