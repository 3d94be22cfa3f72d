package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.POLL;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.LostAnswers.pagesForAMinute;
import static ru.elumenta.client.LostAnswers.row;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientPlanException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ResponseFormatException;

/** What happens to a paid request whose answer got lost, and how often it reaches the server. */
class RecoveryStoryTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void aGenerationThatTheHistoryShowsIsAdopted() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1), row(6, -60)))
        .answersTo(POLL, completed(7));

    Generation image = elumenta.generate(Samples.image());

    assertThat(image.getId()).isEqualTo(GenerationId.of(7));
    assertThat(image.fileUrl()).contains("https://f/x");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryThatShowsNothingProvesNothingAndNothingIsSentAgain() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pagesForAMinute(row(6, -60_000)));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("The history does not show it so far");

    assertThat(time.sleeps())
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofSeconds(60),
            Duration.ofSeconds(51));
    assertThat(service.requestsTo(HISTORY)).isEqualTo(6);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void byChoiceItIsSentAgainOnceIfTheHistoryShowsNothingForAMinute() {
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, pagesForAMinute(row(6, -60_000)));

    try (ElumentaClient resending = resending()) {
      assertThat(resending.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(8));
    }

    assertThat(service.requestsTo(HISTORY)).isEqualTo(4);
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void byChoiceItIsSentAgainOnceAndNotTwice() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, pagesForAMinute(row(6, -60_000)));

    try (ElumentaClient resending =
        service
            .client(time)
            .recovery(Recovery.LOOK_UP_THEN_RESEND)
            .callTimeout(Duration.ofMinutes(10))
            .build()) {
      assertThatThrownBy(() -> resending.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class);
    }

    assertThat(service.posts()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504, 500})
  void aGatewayIsNeverFollowedByASecondRequest(int status) {
    service
        .answersTo(CREATE, aResponse().withStatus(status), completed(8))
        .answersTo(HISTORY, pagesForAMinute(row(6, -60_000)));

    try (ElumentaClient resending = resending()) {
      assertThatThrownBy(() -> resending.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class);
    }

    assertThat(service.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A lighthouse  at dusk",
        "A lighthouse at dusk\\r\\n",
        "A lighthouse at &laquo;dusk&raquo;",
        "A light…",
        "Something else"
      })
  void aRewrittenPromptIsNoProofThatItDidNotRun(String shown) {
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, pagesForAMinute(row(7, 1).replace("A lighthouse at dusk", shown)));

    try (ElumentaClient resending = resending()) {
      assertThatThrownBy(
              () -> resending.generate(Samples.image().prompt("A lighthouse at \"dusk\"")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The history shows generations that may be it");
    }

    assertThat(service.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, -600, -36_000, 5, 50_000})
  void aClockThatIsOffIsNoProofThatItDidNotRun(int seconds) {
    service
        .answersTo(CREATE, lost(), completed(8))
        .answersTo(HISTORY, pagesForAMinute(row(7, seconds)))
        .answersTo(POLL, completed(7));

    try (ElumentaClient resending = resending()) {
      try {
        assertThat(resending.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
      } catch (OutcomeUnknownException e) {
        assertThat(e).hasMessageContaining("The history shows generations that may be it");
      }
    }

    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aLostCallDoesNotGetTheImageOfAnotherSize() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(), page(), page(), page(), page(), page(), page(row(7, 1)))
        .answersTo(POLL, completed(7));

    assertThatThrownBy(() -> elumenta.generate(Samples.image().params(Map.of("size", "small"))))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> elumenta.generate(Samples.image().params(Map.of("size", "large"))))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(service.posts()).isEqualTo(2);
  }

  private ElumentaClient resending() {
    return service.client(time).recovery(Recovery.LOOK_UP_THEN_RESEND).build();
  }

  @Test
  void aRowThatAppearsOnlyWhenTheWorkIsDoneIsFoundAtTheLastLook() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(), page(), page(), page(row(7, 1)))
        .answersTo(POLL, completed(7));

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));

    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryThatCannotBeReadLeavesTheOutcomeUnknown() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, aResponse().withBody("<html></html>"));

    OutcomeUnknownException e =
        catchThrowableOfType(
            OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e).hasMessageContaining("in vain: The look-up failed");
    assertThat(e.getCause().getSuppressed()).hasOnlyElementsOfType(ResponseFormatException.class);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aHistoryThatIsRateLimitedBeyondTheDeadlineLeavesTheOutcomeUnknown() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, json(429, Samples.RATE_LIMITED));

    OutcomeUnknownException e =
        catchThrowableOfType(
            OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e.getCause().getSuppressed()).hasOnlyElementsOfType(RateLimitException.class);
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requestsTo(HISTORY)).isEqualTo(1);
  }

  @Test
  void aRateLimitedHistoryIsReadAfterTheNamedWait() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, json(429, Samples.RATE_LIMITED.replace("847", "30")), page(row(7, 1)))
        .answersTo(POLL, completed(7));

    elumenta.generate(Samples.image());

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(30));
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void whatThisClientGotBeforeIsNotTakenForTheLostOne() {
    service
        .answersTo(CREATE, completed(5), lost(), completed(8))
        .answersTo(HISTORY, page(row(5, 0)));

    elumenta.generate(Samples.image());

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(service.posts()).isEqualTo(2);
    assertThat(service.requestsTo(POLL)).as("what another has is not even read").isZero();
  }

  @Test
  void twoLostCallsWithTheSamePromptGetOneGenerationEach() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1), row(8, 1)))
        .answersTo("/api/v2/generate/7", completed(7))
        .answersTo("/api/v2/generate/8", completed(8));

    List<CompletableFuture<Generation>> calls =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> elumenta.generate(Samples.image())))
            .limit(2)
            .toList();
    Set<String> ids =
        calls.stream().map(call -> call.join().getId().toString()).collect(Collectors.toSet());

    assertThat(ids).containsExactlyInAnyOrder("7", "8");
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void aRowThatMayBelongToACallUnderWayIsLeftToIt() {
    service
        .answersTo(CREATE, completed(7).withFixedDelay(1_000), lost())
        .answersTo(HISTORY, page(row(7, 1)));
    CompletableFuture<Generation> underWay =
        CompletableFuture.supplyAsync(() -> elumenta.generate(Samples.image()));
    while (service.posts() == 0) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Another call with the same model and prompt is under way");

    assertThat(underWay.join().getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void anAnswerThatCannotBeReadIsLookedUpTooAndNeverSentAgain() {
    service
        .answersTo(CREATE, aResponse().withBody("{\"id\":7,\"sta"))
        .answersTo(HISTORY, page(), page(), page(), page(), page(), page(), page(row(7, 1)))
        .answersTo(POLL, completed(7));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCauseInstanceOf(ResponseFormatException.class)
        .hasMessageContaining(
            "looked for in the history, in vain: The history does not show it so far");
    assertThat(service.posts()).isEqualTo(1);

    assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void withoutTimeToLookTheOutcomeStaysUnknown() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, page());

    try (ElumentaClient hasty = service.client(time).callTimeout(Duration.ofSeconds(2)).build()) {
      assertThatThrownBy(() -> hasty.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("There was no time left to look for it");
    }
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requestsTo(HISTORY)).isZero();
  }

  @Test
  void anInterruptedLookUpLeavesTheOutcomeUnknownAndKeepsTheFlag() {
    service.answersTo(CREATE, lost());
    TimeSource interrupting =
        new TimeSource() {
          @Override
          public Instant now() {
            return time.now();
          }

          @Override
          public long nanoTime() {
            return time.nanoTime();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            throw new InterruptedException();
          }
        };

    try (ElumentaClient client = service.client(interrupting).build()) {
      assertThatThrownBy(() -> client.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("The look-up was interrupted");
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aGenerationThatWasFoundAndCannotBeReadIsNamed() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1)))
        .answersTo(POLL, json(403, "{\"error\":\"insufficient_plan\",\"message\":\"no\"}"));

    InsufficientPlanException e =
        catchThrowableOfType(
            InsufficientPlanException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e.execution()).isEqualTo(Execution.EXECUTED);
    assertThat(e.context().generationId()).contains("7");
    assertThat(e).hasMessageContaining("The request ran as this generation");
    assertThat(service.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Recovery.class,
      names = {"RESEND", "FAIL"})
  void theOtherWaysAskNoHistory(Recovery recovery) {
    service.answersTo(CREATE, aResponse().withStatus(502)).answersTo(HISTORY, page());

    try (ElumentaClient client = service.client(time).recovery(recovery).build()) {
      assertThatThrownBy(() -> client.generate(Samples.image()))
          .isInstanceOf(ElumentaException.class);
    }

    assertThat(service.posts()).isEqualTo(recovery == Recovery.RESEND ? 3 : 1);
    assertThat(service.requestsTo(HISTORY)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 403, 409, 422})
  void aRefusalSaysNothingOfAnEarlierAttemptThatGotLost(int status) {
    service.answersTo(
        CREATE, lost(), json(status, "{\"error\":\"x\",\"message\":\"no\"}"), completed(8));

    try (ElumentaClient client = service.client(time).recovery(Recovery.RESEND).build()) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> client.generate(Samples.image()));

      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e).hasMessageContaining("It was sent 2 times");
      assertThat(client.openCalls()).hasSize(1);
    }
    assertThat(service.posts()).isEqualTo(2);
  }
}
