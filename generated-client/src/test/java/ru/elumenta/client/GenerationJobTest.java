package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.NotFoundException;

class GenerationJobTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(time).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void aPendingGenerationIsPolledEveryFiveSecondsUntilItIsCompleted() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(200, Samples.VIDEO_PENDING),
        json(200, Samples.VIDEO_PENDING),
        json(200, Samples.VIDEO_COMPLETED));

    Generation video = elumenta.generate(Samples.image());

    assertThat(video.fileUrl()).contains("https://storage.elumenta.ru/generations/18502.mp4");
    assertThat(video.tokensCharged()).hasValue(60);
    assertThat(time.sleeps()).isEqualTo(Collections.nCopies(3, Duration.ofSeconds(5)));
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requests())
        .last()
        .satisfies(poll -> assertThat(poll.getUrl()).isEqualTo("/api/v2/generate/18502"));
  }

  @Test
  void submitDoesNotWait() {
    service.answers(json(200, Samples.VIDEO_PENDING));

    GenerationJob job = elumenta.submit(Samples.image());

    assertThat(job.id()).contains(GenerationId.of("18502"));
    assertThat(job.lastKnown().orElseThrow().getStatus()).isEqualTo(GenerationStatus.PENDING);
    assertThat(time.sleeps()).isEmpty();
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void anAttachedJobIsPolledAtOnceAndByItsTextAsItIs() {
    service.answers(json(200, "{\"id\":\"gen_01j9\",\"status\":\"completed\",\"content\":\"hi\"}"));

    Generation text = elumenta.attach(GenerationId.of("gen_01j9")).await();

    assertThat(text.text()).contains("hi");
    assertThat(time.sleeps()).isEmpty();
    assertThat(service.requests()).hasSize(1);
    assertThat(service.requests().get(0).getUrl()).isEqualTo("/api/v2/generate/gen_01j9");
  }

  @Test
  void aFinishedJobIsNotPolledAgain() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));

    GenerationJob job = elumenta.submit(Samples.image());
    job.await();
    job.await();
    job.refresh();

    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aPollThatFailsForAPassingReasonDoesNotEndTheWait() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        aResponse().withStatus(502),
        aResponse().withStatus(502),
        aResponse().withStatus(502),
        json(200, Samples.VIDEO_COMPLETED));

    assertThat(elumenta.generate(Samples.image()).getStatus())
        .isEqualTo(GenerationStatus.COMPLETED);
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theNextPollNeverComesEarlierThanTheServiceAsked() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(429, Samples.RATE_LIMITED.replace("847", "200")),
        json(200, Samples.VIDEO_COMPLETED));

    elumenta.generate(Samples.image());

    assertThat(time.sleeps())
        .as("200 s fit neither the time of the one call nor are they shortened")
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(200));
    assertThat(service.requests()).hasSize(3);
  }

  @Test
  void aPollThatFailsForGoodEndsTheWaitAndNamesTheGeneration() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(404, "{\"error\":\"not_found\",\"message\":\"Generation not found\"}"));

    NotFoundException e =
        catchThrowableOfType(NotFoundException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e.context().generationId()).contains("18502");
    assertThat(e.execution())
        .as("the poll was refused, the generation was not")
        .isEqualTo(Execution.EXECUTED);
    assertThat(e).hasMessageContaining("attach to it by its id").hasMessageContaining("18502");
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void whetherAnAttachedGenerationRanIsUnknownUntilItWasSeen() {
    service.answers(json(404, "{\"error\":\"not_found\",\"message\":\"Generation not found\"}"));

    NotFoundException e =
        catchThrowableOfType(
            NotFoundException.class, () -> elumenta.attach(GenerationId.of(1)).await());

    assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @Test
  void aPollRefusedWithoutANamedWaitIsRepeatedAfterAMinuteAndNotEarlier() {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        json(429, "{\"error\":\"rate_limit_exceeded\",\"message\":\"slow\"}"));

    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(WaitTimeoutException.class);

    assertThat(time.sleeps().get(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(time.sleeps().subList(1, time.sleeps().size()))
        .isNotEmpty()
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) >= 0);
  }

  @Test
  void aResultWithoutStatusOrIdIsNotThrownAway() {
    service.answers(json(200, "{\"result_text\":\"paid text\",\"tokens_spent\":5}"));

    assertThat(elumenta.generate(Samples.image()).text()).contains("paid text");
  }

  @Test
  void closingTheClientEndsTheWaitAndNamesTheGeneration() {
    service.answers(json(200, Samples.VIDEO_PENDING));
    ElumentaClient real = service.client(TimeSource.system()).build();
    GenerationJob job = real.submit(Samples.image());
    CompletableFuture<Throwable> waiting =
        CompletableFuture.supplyAsync(() -> catchThrowable(job::await));

    real.close();

    assertThat(waiting)
        .succeedsWithin(Duration.ofSeconds(2))
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(CallInterruptedException.class)
        .hasMessageContaining("because the client is closed")
        .hasMessageContaining("generation 18502");
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aLimitForOneCallIsThatOfTheWholeWaitToo() {
    service.answers(json(200, Samples.VIDEO_PENDING));

    assertThatThrownBy(() -> elumenta.within(Duration.ofSeconds(20)).generate(Samples.image()))
        .isInstanceOfSatisfying(
            WaitTimeoutException.class,
            e -> assertThat(e.limit()).isEqualTo(Duration.ofSeconds(20)));
    assertThat(time.slept()).isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void anUnknownStatusKeepsItsTextAndCountsAsUnfinished() {
    service.answers(
        json(200, "{\"id\":1,\"status\":\"queued\"}"), json(200, Samples.VIDEO_COMPLETED));

    GenerationJob job = elumenta.submit(Samples.image());

    assertThat(job.lastKnown().orElseThrow().getStatus().value()).isEqualTo("queued");
    assertThat(job.await().getStatus()).isEqualTo(GenerationStatus.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 502})
  void aPageOfAGatewayIsAFailedPollLikeAnyOther(int status) {
    service.answers(
        json(200, Samples.VIDEO_PENDING),
        aResponse().withStatus(status).withBody("<html><title>Attention</title></html>"),
        json(200, Samples.VIDEO_COMPLETED));

    assertThat(elumenta.generate(Samples.image()).getStatus())
        .isEqualTo(GenerationStatus.COMPLETED);
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requests()).hasSize(3);
  }

  @Test
  void anUnfinishedGenerationWithoutAnIdIsAnOpenOutcomeThatIsLookedFor() {
    service.answers(json(200, "{\"status\":\"pending\"}"));

    OutcomeUnknownException e =
        catchThrowableOfType(
            OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e).hasMessageContaining("the body names no generation");
    assertThat(e.context().rawBody()).contains("{\"status\":\"pending\"}");
    assertThat(e.openCall().orElseThrow().model()).contains("dall-e-3");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void whatIsFinishedAtOnceMayHaveNoIdAndIsAResultAllTheSame() {
    service.answers(json(200, "{\"status\":\"completed\",\"content\":\"hi\"}"));

    GenerationJob job = elumenta.submit(Samples.image());

    assertThat(job.id()).isEmpty();
    assertThat(job.await().text()).contains("hi");
    assertThat(job.awaitAsync().join().text()).contains("hi");
    assertThat(job.refresh().text()).contains("hi");
    assertThat(job).hasToString("GenerationJob[without id, completed]");
    assertThat(service.requests()).as("nothing is asked for by no id").hasSize(1);
  }

  @Test
  void anInterruptBetweenPollsEndsTheWaitAndKeepsTheFlag() {
    service.answers(json(200, Samples.VIDEO_PENDING));
    GenerationJob job = elumenta.submit(Samples.image());
    Thread.currentThread().interrupt();

    CallInterruptedException e = catchThrowableOfType(CallInterruptedException.class, job::await);

    assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    assertThat(e)
        .hasMessageContaining("The generation goes on running")
        .hasMessageContaining("generation 18502");
    assertThat(service.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Service unavailable: model is overloaded | MODEL_OVERLOADED
          Generation timeout: request deadline exceeded | TIMEOUT
          Content blocked by safety filter | CONTENT_POLICY
          Provider error: upstream said no | PROVIDER_ERROR
          The dog ate it | OTHER
          """)
  void aGenerationThatFailsWhilePolledTellsItsReason(String error, FailureReason reason) {
    service.answers(json(200, Samples.VIDEO_PENDING), json(200, Samples.failed(error)));

    GenerationFailedException e =
        catchThrowableOfType(
            GenerationFailedException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageContaining(error);
    assertThat(service.posts()).isEqualTo(1);
  }
}
