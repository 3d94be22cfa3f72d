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

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import feign.Client;
import feign.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.RequestFingerprint;
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

  @ParameterizedTest
  @ValueSource(ints = {66, 600})
  void whatBeganWellAfterTheLossMayBeItAndIsNotTakenForIt(int seconds) {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, seconds)))
        .answersTo(POLL, completed(7));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history shows generations that may be it: [7]");
    assertThat(service.requestsTo(POLL)).isZero();
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aRowThatShowsAnotherSizeIsNotTakenThoughTheGenerationShowsNone() {
    String large = row(7, 1).replace("\"status\"", "\"size\":\"large\",\"status\"");
    service.answersTo(CREATE, lost()).answersTo(HISTORY, page(large)).answersTo(POLL, completed(7));

    assertThatThrownBy(() -> elumenta.generate(Samples.image().params(Map.of("size", "small"))))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history shows generations that may be it: [7]");
    assertThat(service.requestsTo(POLL)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A  lighthouse\\r\\nat dusk",
        " A lighthouse at\\u00a0dusk ",
        "A&nbsp;lighthouse at dusk"
      })
  void aPromptThatIsOnlyWrittenInAnotherWayIsTheCallsOwn(String shown) {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1).replace("A lighthouse at dusk", shown)))
        .answersTo(POLL, completed(7));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theSamePromptOfAnyOtherModelKeepsTheRequestFromBeingSentAgain() {
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, LostAnswers.pagesForAMinute(row(7, 1).replace("dall-e-3", "flux")));

    try (ElumentaClient resending =
        service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      assertThatThrownBy(() -> resending.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The history shows generations that may be it: [7]");
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aRowWithoutAnIdMayBeItAndIsNobodys() {
    String nameless = row(7, 1).replace("\"id\":7,", "");
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, LostAnswers.pagesForAMinute(nameless));

    try (ElumentaClient resending =
        service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      assertThatThrownBy(() -> resending.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The history shows generations that may be it");
    }
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
    assertThat(service.requestsTo(HISTORY)).as("at the first look").isEqualTo(2);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void beforeARequestIsSentAgainRowsAreReadFromHoursBeforeItToo() {
    String[] strangers =
        IntStream.range(0, 100)
            .mapToObj(i -> row(1000 - i, -10).replace("dusk", "dawn").replace("dall-e-3", "flux"))
            .toArray(String[]::new);
    String inAnotherZone = row(7, -10_800);
    ResponseDefinitionBuilder[] pages =
        Stream.of("12:00:02", "12:00:07", "12:00:27", "12:01:07", "12:02:07", "12:02:58")
            .map("Sun, 08 Mar 2026 %s GMT"::formatted)
            .flatMap(
                date -> Stream.of(pageAt(date, 101, strangers), pageAt(date, 101, inAnotherZone)))
            .toArray(ResponseDefinitionBuilder[]::new);
    service.answersTo(CREATE, lost(), completed(8)).answersTo(HISTORY, pages);

    try (ElumentaClient resending =
        service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build()) {
      assertThatThrownBy(() -> resending.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The history shows generations that may be it: [7]");
    }
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
  void aHistoryThatShowsTheSamePageAgainAndAgainLeavesTheOutcomeUnknown() {
    String[] newer = new String[100];
    for (int i = 0; i < newer.length; i++) {
      newer[i] = row(i + 100, 50).replace("dusk", "dawn");
    }
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pageOf(100_000, newer));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history cannot be understood");
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requestsTo(HISTORY)).as("two pages at each of six looks").isEqualTo(12);
  }

  @Test
  void aCallOfLongAgoIsFoundBehindThousandsOfNewerRows() {
    AtomicInteger pages = new AtomicInteger();
    try (ElumentaClient other = ofHistory(pages, 5_000, page -> page == 60 ? row(7, 1) : null)) {
      OpenCall lost = lostLongAgo();

      LookUpResult result = other.lookUp(lost);

      assertThat(((LookUpResult.Found) result).job().id()).contains(GenerationId.of(7));
      assertThat(pages).hasValue(60);
    }
  }

  @Test
  void aLookThatReachesItsEndBeforeTheTimeOfTheCallSaysSoAndNotThatNothingIsShown() {
    AtomicInteger pages = new AtomicInteger();
    try (ElumentaClient other = ofHistory(pages, 50, page -> null)) {
      LookUpResult result = other.lookUp(lostLongAgo());

      assertThat(((LookUpResult.Unclear) result).because())
          .isEqualTo(
              "The history is too long for one look: 20000 rows were read, back to"
                  + " 2026-03-18T13:13:20Z, and not all that may show it.");
      assertThat(pages).hasValue(200);
    }
  }

  /** A call that was lost at the start, looked for ten days later. */
  private OpenCall lostLongAgo() {
    Map<String, Object> request = Map.of("model", "dall-e-3", "prompt", "A lighthouse at dusk");
    OpenCall lost =
        OpenCall.of(
                "createGeneration",
                "dall-e-3",
                RequestFingerprint.of(request),
                FakeTime.START,
                Duration.ZERO)
            .lost(FakeTime.START.plusSeconds(1));
    time.passes(Duration.ofDays(10).plusHours(4));
    return lost;
  }

  /** A history whose pages of a hundred strangers go so many seconds further back each. */
  private ElumentaClient ofHistory(AtomicInteger pages, int seconds, IntFunction<String> own) {
    Client answering =
        (request, options) -> {
          String body = completedBody();
          if (request.url().contains("history")) {
            int page = Integer.parseInt(request.url().replaceFirst(".*page=(\\d+).*", "$1"));
            pages.set(page);
            String rows =
                IntStream.range(0, 100)
                    .mapToObj(
                        i -> {
                          Duration back =
                              Duration.between(FakeTime.START, time.now())
                                  .minusSeconds((long) page * seconds);
                          return row(page * 1_000 + i, back.toSeconds()).replace("dusk", "dawn");
                        })
                    .collect(Collectors.joining(","));
            String last = own.apply(page);
            body =
                "{\"items\":[%s],\"total\":1000000}"
                    .formatted(last == null ? rows : rows + "," + last + "," + row(6, -60));
          }
          return Response.builder().status(200).request(request).body(body, UTF_8).build();
        };
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(answering)
        .timeSource(time)
        .build();
  }

  private static String completedBody() {
    return "{\"id\":7,\"status\":\"completed\",\"result_url\":\"https://f/x\"}";
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
