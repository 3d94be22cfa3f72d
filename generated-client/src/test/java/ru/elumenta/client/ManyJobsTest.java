package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.Execution;

/** Jobs that are waited for without a thread for each. */
class ManyJobsTest {
  private final RunningJobs service = new RunningJobs();
  private final ElumentaClient elumenta =
      ElumentaClient.builder()
          .apiKey(Service.KEY)
          .transport(service)
          .polling(PollingOptions.defaults().withInterval(Duration.ofMillis(20)).withJitter(1))
          .build();

  @AfterEach
  void stop() {
    elumenta.close();
  }

  private GenerationJob submit() {
    return elumenta.submit(Samples.image().model("kling-v2.1"));
  }

  @Test
  void aJobIsAwaitedWithoutAThreadAndTellsHowFarItIs() throws Exception {
    GenerationJob job = submit();
    List<JobProgress> told = new CopyOnWriteArrayList<>();

    CompletableFuture<Generation> completed =
        job.awaitAsync(
            Duration.ofSeconds(10),
            progress -> {
              told.add(progress);
              service.finish(job.id().orElseThrow());
              throw new IllegalStateException("what the application throws is its own affair");
            });

    assertThat(completed.get(10, TimeUnit.SECONDS).getId()).isEqualTo(job.id().orElseThrow());
    assertThat(told)
        .extracting(JobProgress::status)
        .containsExactly(GenerationStatus.PENDING, GenerationStatus.COMPLETED);
    assertThat(told.get(0).percent()).hasValue(40);
    assertThat(told.get(0).remaining()).contains(Duration.ofSeconds(12));
    assertThat(told.get(0).elapsed()).isPositive();
  }

  @Test
  void anErrorOfTheApplicationEndsItsWaitAndNoOther() throws Exception {
    GenerationJob job = submit();
    CompletableFuture<Generation> other = submit().awaitAsync();

    CompletableFuture<Generation> failed =
        job.awaitAsync(
            Duration.ofMinutes(5),
            progress -> {
              throw new NoClassDefFoundError("made by the test");
            });

    assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(NoClassDefFoundError.class);
    service.finish(GenerationId.of(2));
    assertThat(other.get(10, TimeUnit.SECONDS).getId()).isEqualTo(GenerationId.of(2));
  }

  @Test
  void theLimitEndsTheWaitAndNotTheJob() {
    GenerationJob job = submit();

    assertThatThrownBy(() -> job.awaitAsync(Duration.ofMillis(100)).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("attach(GenerationId.of(\"1\"))");
  }

  @Test
  void aCancelledWaitPollsNoMore() throws Exception {
    CompletableFuture<Generation> wait = submit().awaitAsync();
    CompletableFuture<Generation> other = submit().awaitAsync();
    wait.cancel(true);
    assertThatThrownBy(wait::join).isInstanceOf(CancellationException.class);

    // The other goes on, so polls would still be made; after it has ended there are none.
    service.finish(GenerationId.of(2));
    other.get(10, TimeUnit.SECONDS);
    int polls = service.polls();
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    later.join();
    assertThat(service.polls()).isEqualTo(polls);
  }

  @Test
  void closingTheClientEndsEveryWaitAndNamesTheJob() {
    List<GenerationJob> jobs = IntStream.range(0, 100).mapToObj(i -> submit()).toList();
    List<CompletableFuture<Generation>> waits =
        jobs.stream().map(GenerationJob::awaitAsync).toList();

    elumenta.close();

    for (int i = 0; i < jobs.size(); i++) {
      CompletableFuture<Generation> wait = waits.get(i);
      assertThatThrownBy(() -> wait.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CallInterruptedException.class)
          .cause()
          .satisfies(
              e -> {
                CallInterruptedException closed = (CallInterruptedException) e;
                assertThat(closed.execution()).isEqualTo(Execution.EXECUTED);
                assertThat(closed).hasMessageContaining("because the client is closed");
              });
      assertThatThrownBy(wait::join)
          .hasMessageContaining("generation " + jobs.get(i).id().orElseThrow());
    }
    assertThatThrownBy(() -> jobs.get(0).awaitAsync().join())
        .hasCauseInstanceOf(CallInterruptedException.class);
  }

  @Test
  void manyAreTakenInTheOrderInWhichTheyEnd() {
    List<GenerationJob> jobs = List.of(submit(), submit(), submit());
    service.finish(GenerationId.of(2));
    List<String> order = new ArrayList<>();

    try (Stream<JobOutcome> outcomes = elumenta.awaitAll(jobs)) {
      outcomes.forEach(
          outcome -> {
            order.add(outcome.orElseThrow().getId().toString());
            if (order.size() < 3) {
              service.finish(GenerationId.of(order.size() == 1 ? 3 : 1));
            }
          });
    }

    assertThat(order).containsExactly("2", "3", "1");
  }

  @Test
  void closingTheStreamEndsTheOtherWaits() {
    List<GenerationJob> jobs = List.of(submit(), submit());
    service.finish(GenerationId.of(1));

    try (Stream<JobOutcome> outcomes = elumenta.awaitAll(jobs)) {
      assertThat(outcomes.findFirst().orElseThrow().job()).isSameAs(jobs.get(0));
    }

    service.finish(GenerationId.of(2));
    assertThat(jobs.get(1).refresh().getStatus()).isEqualTo(GenerationStatus.COMPLETED);
  }
}
