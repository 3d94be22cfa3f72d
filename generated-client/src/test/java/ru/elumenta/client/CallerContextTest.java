package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.options.PollingOptions;

/** What the caller's thread has, the threads that work for it have, and lose afterwards. */
class CallerContextTest {
  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  private static final ContextPropagation PROPAGATION =
      () -> {
        String tenant = TENANT.get();
        return () -> {
          String before = TENANT.get();
          TENANT.set(tenant);
          return () -> TENANT.set(before);
        };
      };

  private final RunningJobs service = new RunningJobs();
  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

  private ElumentaClientBuilder builder() {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(service)
        .polling(
            PollingOptions.defaults()
                .withFirstDelay(Duration.ofMillis(1))
                .withInterval(Duration.ofMillis(1)))
        .contextPropagation(PROPAGATION)
        .listener(
            new CallListener() {
              @Override
              public void callStarted(CallInfo call) {
                seen.add(call.operation() + " for " + TENANT.get());
              }
            });
  }

  @Test
  void asynchronousCallsHaveItAndTheThreadLosesItAfterwards() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (ElumentaClient elumenta = builder().executor(one).build()) {
      TENANT.set("blue");
      CompletableFuture<GenerationJob> blue = elumenta.submitAsync(Samples.image());
      TENANT.set("red");
      CompletableFuture<GenerationJob> red = elumenta.submitAsync(Samples.image());
      blue.get(30, TimeUnit.SECONDS);
      red.get(30, TimeUnit.SECONDS);
      assertThat(one.submit(TENANT::get).get(30, TimeUnit.SECONDS)).isNull();
    } finally {
      TENANT.remove();
      one.shutdownNow();
    }
    assertThat(seen).containsExactly("createGeneration for blue", "createGeneration for red");
  }

  @Test
  void pollsOnOtherThreadsHaveItAndSoHasWhatIsHungOnTheFuture() throws Exception {
    try (ElumentaClient elumenta = builder().build()) {
      TENANT.set("blue");
      CompletableFuture<String> then =
          elumenta
              .attach(GenerationId.of("7"))
              .awaitAsync(Duration.ofSeconds(30))
              .thenApply(generation -> TENANT.get());
      TENANT.set("red");
      service.finish(GenerationId.of("7"));
      assertThat(then.get(30, TimeUnit.SECONDS)).isEqualTo("blue");
    } finally {
      TENANT.remove();
    }
    assertThat(seen).isNotEmpty().allMatch("getGeneration for blue"::equals);
  }

  @Test
  void onePropagationThatIsBrokenHarmsNothing() throws Exception {
    try (ElumentaClient elumenta =
        builder()
            .contextPropagation(
                () ->
                    () -> {
                      throw new IllegalStateException("broken");
                    })
            .build()) {
      TENANT.set("blue");
      elumenta.submitAsync(Samples.image()).get(30, TimeUnit.SECONDS);
    } finally {
      TENANT.remove();
    }
    assertThat(seen).containsExactly("createGeneration for blue");
  }

  @Test
  void aWaitThatIsCancelledWhileItMayEndIsToldOfOnce() throws Exception {
    Executor other = CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS);
    ToldEvents told = new ToldEvents();
    try (ElumentaClient elumenta = builder().listener(told.listener()).build()) {
      for (int round = 0; round < 200; round++) {
        GenerationId id = GenerationId.of(String.valueOf(round));
        CompletableFuture<Generation> wait = elumenta.attach(id).awaitAsync(Duration.ofSeconds(30));
        service.finish(id);
        CompletableFuture<Void> cancelled =
            CompletableFuture.runAsync(() -> wait.cancel(true), other);
        try {
          wait.get(30, TimeUnit.SECONDS);
        } catch (CancellationException e) {
          assertThat(wait).isCancelled();
        }
        cancelled.get(30, TimeUnit.SECONDS);
      }
    }
    List<String> ends = told.of("jobEnded");
    assertThat(ends).hasSize(told.of("jobStarted").size()).hasSize(200).doesNotHaveDuplicates();
    assertThat(ends).allMatch(end -> end.contains("COMPLETED") || end.contains("CANCELLED"));
  }

  @Test
  void aWaitThatIsCancelledIsToldOfAsThat() {
    ToldEvents told = new ToldEvents();
    try (ElumentaClient elumenta = builder().listener(told.listener()).build()) {
      CompletableFuture<Generation> wait =
          elumenta.attach(GenerationId.of("7")).awaitAsync(Duration.ofSeconds(30));
      wait.cancel(true);
      assertThatThrownBy(wait::join).isInstanceOf(CancellationException.class);
    }
    assertThat(told.of("jobEnded"))
        .singleElement()
        .satisfies(
            end -> assertThat(end).contains("7 - CANCELLED").contains("CancellationException"));
  }
}
