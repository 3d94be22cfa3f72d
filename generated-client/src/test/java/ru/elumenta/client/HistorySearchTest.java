package ru.elumenta.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.POLL;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.LostAnswers.pageAt;
import static ru.elumenta.client.LostAnswers.pageOf;
import static ru.elumenta.client.LostAnswers.pageWithoutTime;
import static ru.elumenta.client.LostAnswers.row;
import static ru.elumenta.client.Service.json;

import feign.Client;
import feign.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Message;
import ru.elumenta.client.options.Recovery;

/** What of the history is read, and what of it is taken for a lost generation. */
class HistorySearchTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void timesAreComparedByTheClockOfTheService() {
    String anHourAhead = "Sun, 08 Mar 2026 13:00:02 GMT";
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pageAt(anHourAhead, 1, row(7, 1_800)));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .as("half an hour after the request by our clock is half an hour before it by theirs")
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theSamePromptUnderAnotherSlugMayBeItUnlessItIsKnownToBeAnotherCalls() {
    String underAnotherSlug = row(7, 1).replace("dall-e-3", "dall-e-3-hd");
    service
        .answersTo(CREATE, lost(), completed(7), lost())
        .answersTo(HISTORY, page(underAnotherSlug));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history shows generations that may be it");
    assertThat(service.posts()).isEqualTo(1);

    elumenta.generate(Samples.image().model("dall-e-3-hd")); // is told of 7, which is its own
    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history does not show it so far");
    assertThat(service.posts()).isEqualTo(3);
  }

  @Test
  void withoutTheTimeOfTheServiceARowCannotBeToldFromAnOlderOne() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pageWithoutTime(1, row(7, 1)));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("It asked for dall-e-3 and was first sent at 2026-03-08T12:00:00Z.")
        .hasMessageContaining("The history shows generations that may be it");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryThatWasLongInComingTellsTheTimeOnlySoWell() {
    Client slow =
        (request, options) -> {
          if (request.url().endsWith("/generate")) {
            throw new IOException("lost");
          }
          String date = RFC_1123_DATE_TIME.format(time.now().atOffset(ZoneOffset.UTC));
          time.passes(Duration.ofSeconds(40));
          return Response.builder()
              .status(200)
              .headers(Map.of("Date", List.of(date)))
              .request(request)
              .body("{\"items\":[%s],\"total\":1}".formatted(row(6, -30)), UTF_8)
              .build();
        };
    try (ElumentaClient other =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(slow)
            .timeSource(time)
            .callTimeout(Duration.ofMinutes(10))
            .build()) {
      assertThatThrownBy(() -> other.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The history shows generations that may be it");
    }
  }

  @Test
  void withoutTheTimeOfTheServiceAnEmptyHistoryIsStillAnAnswer() {
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, pageWithoutTime(1, row(6, -200_000)));

    try (ElumentaClient resending =
        service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      assertThat(resending.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    }
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void theSecondDialectOfTheHistoryIsUnderstood() {
    service
        .answersTo(CREATE, lost())
        .answersTo(
            HISTORY,
            page(
                """
                {"id":"gen_9","model":"dall-e-3","prompt":"A lighthouse at dusk ","type":"image",
                 "status":"completed","created_at":"2026-03-08T12:00:01Z"}\
                """))
        .answersTo(POLL, completed("\"gen_9\""));

    assertThat(elumenta.generate(Samples.image()).getId()).hasToString("gen_9");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void severalPagesAreReadUntilTheyAreOlderThanTheRequest() {
    String[] newer =
        IntStream.range(0, 100)
            .mapToObj(i -> row(1000 - i, 100).replace("dusk", "dawn"))
            .toArray(String[]::new);
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, pageOf(900, newer), pageOf(900, row(7, 1), row(6, -60)))
        .answersTo(POLL, completed(7));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.requestsTo(HISTORY)).isEqualTo(2);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryInAnotherOrderIsReadToItsEnd() {
    String[] older = new String[100];
    for (int i = 0; i < older.length; i++) {
      older[i] = row(i + 100, -1_000 + i);
    }
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, pageOf(101, older), pageOf(101, row(7, 1)))
        .answersTo(POLL, completed(7));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void pagesThatAreShorterThanAskedForDoNotEndTheSearch() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, pageOf(3, row(5, -90), row(6, -60)), pageOf(3, row(7, 1)))
        .answersTo(POLL, completed(7));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryThatIsTooLongToSearchLeavesTheOutcomeUnknown() {
    String[] newer = new String[100];
    for (int i = 0; i < newer.length; i++) {
      newer[i] = row(i + 100, 50).replace("dusk", "dawn");
    }
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pageOf(100_000, newer));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("or is too long to be searched");
    assertThat(service.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\":\"completed\"}",
        "{\"items\":null}",
        "{\"items\":[],\"total\":3}"
      })
  void anAnswerThatIsNoHistoryIsNotTakenForAnEmptyOne(String noHistory) {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, json(200, noHistory));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history cannot be understood");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aRowThatMayBeItKeepsTheRequestFromBeingSentAgain() {
    service
        .answersTo(CREATE, lost())
        .answersTo(
            HISTORY,
            page("{\"id\":7,\"model_slug\":\"dall-e-3\",\"created_at\":\"2026-03-08T12:00:01Z\"}"));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history shows generations that may be it");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aConversationIsNotSentAgainWhileTheModelShowsAnythingNewer() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1).replace("A lighthouse at dusk", "Hello")));

    assertThatThrownBy(
            () ->
                elumenta.generate(
                    new GenerationRequest()
                        .model("dall-e-3")
                        .addMessagesItem(new Message().role("user").content("Hello"))))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(service.posts()).isEqualTo(1);
  }
}
