package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Client;
import feign.Request;
import feign.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;

/** Jobs of one client do not wait for one another, nor for what the application makes of them. */
class JobWaitingTest {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** A limit that no test reaches. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private JobServer server;
  private ElumentaClient elumenta;

  @AfterEach
  void stop() {
    elumenta.close();
    if (server != null) {
      server.close();
    }
  }

  private void serve(JobServer.Polls polls) throws Exception {
    server = new JobServer(polls);
    elumenta = builder().baseUrl(server.url()).build();
  }

  private static ElumentaClientBuilder builder() {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .polling(PollingOptions.defaults().withInterval(INTERVAL).withJitter(0));
  }

  private CompletableFuture<Generation> await(int job, Duration limit) {
    return elumenta.attach(GenerationId.of(job)).awaitAsync(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 100})
  void aFinishedJobIsSeenWithinItsLimitHoweverManyPollsStall(int stalled) throws Exception {
    CountDownLatch underWay = new CountDownLatch(stalled);
    serve(
        job -> {
          if (job == 0) {
            return JobServer.COMPLETED;
          }
          underWay.countDown();
          return server.stall();
        });
    List<CompletableFuture<Generation>> others =
        IntStream.rangeClosed(1, stalled).mapToObj(job -> await(job, LONG)).toList();
    assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();

    Generation finished = await(0, LIMIT).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

    assertThat(finished.getId()).isEqualTo(GenerationId.of(0));
    assertThat(server.polls(0)).isEqualTo(1);
    assertThat(others).noneMatch(CompletableFuture::isDone);
  }

  /** More than there may be polls at once. */
  @ParameterizedTest
  @ValueSource(ints = {4, 600})
  void nobodyWaitsForWhatTheApplicationDoesWithAResult(int jobs) throws Exception {
    CountDownLatch isHungOn = new CountDownLatch(1);
    serve(
        job -> {
          isHungOn.await();
          return JobServer.COMPLETED;
        });
    CountDownLatch inApplication = new CountDownLatch(jobs);
    CountDownLatch isSeen = new CountDownLatch(1);
    List<CompletableFuture<Void>> slow =
        IntStream.rangeClosed(1, jobs)
            .mapToObj(
                job ->
                    await(job, LONG)
                        .thenAccept(
                            any -> {
                              inApplication.countDown();
                              await(isSeen);
                            }))
            .toList();
    isHungOn.countDown();
    assertThat(inApplication.await(60, TimeUnit.SECONDS)).isTrue();

    await(0, LIMIT).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

    assertThat(server.polls(0)).isEqualTo(1);
    assertThat(slow).noneMatch(CompletableFuture::isDone);
    isSeen.countDown();
  }

  @Test
  void nobodyWaitsForWhatTheApplicationDoesWithItsProgress() throws Exception {
    serve(job -> job == 0 ? JobServer.COMPLETED : JobServer.PENDING);
    CountDownLatch inApplication = new CountDownLatch(600);
    CountDownLatch isSeen = new CountDownLatch(1);
    List<CompletableFuture<Generation>> slow =
        IntStream.rangeClosed(1, 600)
            .mapToObj(
                job ->
                    elumenta
                        .attach(GenerationId.of(job))
                        .awaitAsync(
                            LONG,
                            progress -> {
                              inApplication.countDown();
                              await(isSeen);
                            }))
            .toList();
    assertThat(inApplication.await(60, TimeUnit.SECONDS)).isTrue();

    await(0, LIMIT).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

    assertThat(slow).noneMatch(CompletableFuture::isDone);
    isSeen.countDown();
  }

  @Test
  void theLimitIsToldToNobodyOnTheThreadOfTheTimer() throws Exception {
    serve(job -> server.stall());
    CountDownLatch isSeen = new CountDownLatch(1);
    Thread test = Thread.currentThread();
    List<CompletableFuture<Void>> slow =
        IntStream.rangeClosed(1, 4)
            .mapToObj(
                job ->
                    await(job, Duration.ofMillis(500))
                        .handle(
                            (result, failure) -> {
                              if (Thread.currentThread() != test) { // it had not ended before
                                await(isSeen);
                              }
                              return null;
                            })
                        .thenAccept(any -> {}))
            .toList();
    CompletableFuture<Generation> fifth = await(5, Duration.ofMillis(700));

    assertThatThrownBy(() -> fifth.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
        .hasCauseInstanceOf(WaitTimeoutException.class);

    assertThat(slow).noneMatch(CompletableFuture::isDone);
    isSeen.countDown();
  }

  @Test
  void asManyPollsAreUnderWayAsAreDue() throws Exception {
    int jobs = 200;
    CountDownLatch allUnderWay = new CountDownLatch(jobs);
    serve(
        job -> {
          allUnderWay.countDown();
          allUnderWay.await(); // none is answered before all have come
          return JobServer.COMPLETED;
        });
    List<CompletableFuture<Generation>> waits =
        IntStream.range(0, jobs).mapToObj(job -> await(job, LONG)).toList();

    CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

    assertThat(IntStream.range(0, jobs)).allMatch(job -> server.polls(job) == 1);
  }

  @Test
  void theLimitHoldsOverATransportThatKnowsNone() {
    CountDownLatch isSeen = new CountDownLatch(1);
    Client deaf =
        new Client() {
          @Override
          public Response execute(Request request, Request.Options options) {
            await(isSeen);
            throw new IllegalStateException("nobody is there any longer");
          }
        };
    elumenta = builder().transport(deaf).build();
    CompletableFuture<Generation> wait = await(1, Duration.ofMillis(300));

    assertThatThrownBy(() -> wait.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("attach(GenerationId.of(\"1\"))");
    isSeen.countDown();
  }

  @Test
  void manySleepAtOnceInATimeOfTheApplication() throws Exception {
    server = new JobServer(job -> JobServer.PENDING);
    CountDownLatch asleep = new CountDownLatch(100);
    elumenta = builder().baseUrl(server.url()).timeSource(new CountedSleeps(asleep)).build();
    List<CompletableFuture<Generation>> waits =
        IntStream.range(0, 100).mapToObj(job -> await(job, LONG)).toList();

    assertThat(asleep.await(30, TimeUnit.SECONDS)).isTrue();
    elumenta.close();

    for (CompletableFuture<Generation> wait : waits) {
      assertThatThrownBy(() -> wait.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("because the client is closed");
    }
    assertThat(IntStream.range(0, 100)).allMatch(job -> server.polls(job) == 1);
  }

  @Test
  void whoeverEndsAWaitDoesNotInterruptWhatTheApplicationDoesThen() throws Exception {
    serve(job -> job == 0 ? server.stall() : JobServer.COMPLETED);
    for (int limited = 0; limited <= 1; limited++) {
      CompletableFuture<Boolean> isInterrupted =
          await(limited, Duration.ofMillis(200))
              .handle((result, failure) -> Thread.currentThread().isInterrupted());

      assertThat(isInterrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void aSleepThatFailsEndsTheWait() throws Exception {
    elumenta =
        builder()
            .transport(new RunningJobs())
            .timeSource(
                new CountedSleeps(new CountDownLatch(0)) {
                  @Override
                  public void sleep(Duration duration) throws InterruptedException {
                    throw new InterruptedException();
                  }
                })
            .build();

    CompletableFuture<Generation> wait = await(1, LONG);
    CompletableFuture<Boolean> isInterrupted =
        wait.handle((result, failure) -> Thread.currentThread().isInterrupted());

    assertThatThrownBy(() -> wait.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CallInterruptedException.class)
        .hasMessageContaining("between two polls");
    assertThat(isInterrupted.get(10, TimeUnit.SECONDS)).isFalse();
  }

  /** Real time, in which whoever has been polled once sleeps for ever. */
  private static class CountedSleeps implements TimeSource {
    private final CountDownLatch asleep;

    CountedSleeps(CountDownLatch asleep) {
      this.asleep = asleep;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (!duration.isZero()) {
        asleep.countDown();
        new CountDownLatch(1).await();
      }
    }
  }

  /** However often it is interrupted. */
  private static void await(CountDownLatch latch) {
    boolean isInterrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
