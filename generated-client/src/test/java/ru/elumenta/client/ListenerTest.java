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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.Slf4jCallListener;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.ModelUnavailableException;

/** A listener is told what happens on behalf of a call, in order, and cannot harm it. */
class ListenerTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final List<String> events = new ArrayList<>();

  /** Writes everything down. */
  private final CallListener witness =
      new CallListener() {
        @Override
        public void attemptStarted(CallInfo call, int attempt) {
          events.add(call.operation() + " " + attempt + " started");
        }

        @Override
        public void attemptEnded(CallInfo call, AttemptReport report) {
          events.add(call.operation() + " " + report.attempt() + " ended " + outcome(report));
        }

        @Override
        public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
          events.add("again in " + wait.toSeconds() + " s");
        }

        @Override
        public void recovered(CallInfo call, GenerationId id) {
          events.add("recovered " + id);
        }

        @Override
        public void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {
          events.add("gave up, " + reason);
        }

        @Override
        public void budgetEmpty(CallInfo call) {
          events.add("budget empty");
        }
      };

  private static String outcome(AttemptReport report) {
    return report.status().isPresent()
        ? String.valueOf(report.status().getAsInt())
        : report.failure().orElseThrow().getClass().getSimpleName();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private ElumentaClient client(CallListener listener) {
    return service.client(time).listener(listener).build();
  }

  @Test
  void aRetriedCall() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE).withHeader("Retry-After", "7"),
        json(200, Samples.IMAGE_COMPLETED));

    try (ElumentaClient elumenta = client(witness)) {
      elumenta.generate(Samples.image());
    }

    assertThat(events)
        .containsExactly(
            "createGeneration 1 started",
            "createGeneration 1 ended 503",
            "again in 7 s",
            "createGeneration 2 started",
            "createGeneration 2 ended 200");
  }

  @Test
  void aRecoveredCallIsToldOfWithTheLookUpAsCallsOfTheirOwn() {
    service
        .answersTo(CREATE, lost())
        .answersTo(HISTORY, page(row(7, 1)))
        .answersTo(POLL, completed(7));

    try (ElumentaClient elumenta = client(witness)) {
      elumenta.generate(Samples.image());
    }

    assertThat(events)
        .containsExactly(
            "createGeneration 1 started",
            "createGeneration 1 ended TransportException",
            "listHistory 1 started",
            "listHistory 1 ended 200",
            "getGeneration 1 started",
            "getGeneration 1 ended 200",
            "recovered 7");
  }

  @Test
  void failuresSayWhyTheyWereNotTriedAgain() {
    service.answers(
        json(402, "{\"error\":\"insufficient_tokens\",\"message\":\"Not enough\"}"),
        json(503, Samples.MODEL_UNAVAILABLE));

    try (ElumentaClient elumenta =
        service
            .client(time)
            .listener(witness)
            .retry(RetryOptions.defaults().withBudget(0))
            .build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(InsufficientTokensException.class);
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(ModelUnavailableException.class);
    }

    assertThat(events)
        .containsSubsequence("gave up, NOT_TRANSIENT", "budget empty", "gave up, BUDGET_EMPTY");
  }

  @Test
  void whatAListenerThrowsHarmsNoPaidCall() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));
    CallListener broken =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, int attempt) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void attemptEnded(CallInfo call, AttemptReport report) {
            throw new AssertionError("broken");
          }
        };

    try (ElumentaClient elumenta = client(broken)) {
      assertThat(elumenta.generate(Samples.image()).fileUrl()).isPresent();
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theLogShowsWhatHappensAndNothingSecret() {
    service.answers(
        json(503, Samples.MODEL_UNAVAILABLE)
            .withHeader("Retry-After", "7")
            .withHeader("Set-Cookie", "session=SECRET")
            .withHeader("Authorization", "Bearer " + Service.KEY)
            .withHeader("X-Request-Id", "of " + Service.KEY),
        aResponse().withStatus(401).withBody("no: " + Service.KEY));
    ConcurrentLinkedQueue<SubstituteLoggingEvent> log = new ConcurrentLinkedQueue<>();
    SubstituteLogger name = new SubstituteLogger("test", log, false);

    try (ElumentaClient elumenta =
        client(new Slf4jCallListener(new EventRecordingLogger(name, log)))) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(ElumentaException.class);
    }

    String text = log.stream().map(ListenerTest::line).collect(Collectors.joining("\n"));
    assertThat(text)
        .contains("DEBUG #1 createGeneration dall-e-3 attempt 1")
        .contains("Bearer nb_…(" + Service.KEY.length() + " characters)")
        .contains("retry-after=[7]")
        .contains("x-request-id=[of [redacted]]")
        .contains("INFO #1 createGeneration dall-e-3 again in 7000 ms")
        .contains("WARN #1 createGeneration dall-e-3 failed, NOT_TRANSIENT")
        .doesNotContain(Service.KEY)
        .doesNotContain("SECRET")
        .doesNotContain("lighthouse");
  }

  @Test
  void theBudgetThatStopsARepeatAfterALookUpIsToldOfToo() {
    service.answersTo(CREATE, lost()).answersTo(HISTORY, page());
    try (ElumentaClient elumenta =
        service
            .client(time)
            .listener(witness)
            .recovery(Recovery.LOOK_UP_THEN_RESEND)
            .retry(RetryOptions.defaults().withBudget(0))
            .build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .hasMessageContaining("but the retry budget is used up");
    }

    assertThat(events).endsWith("budget empty", "gave up, OUTCOME_UNKNOWN");
  }

  private static String line(SubstituteLoggingEvent event) {
    Level level = event.getLevel();
    String message =
        MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray()).getMessage();
    return level + " " + message;
  }
}
