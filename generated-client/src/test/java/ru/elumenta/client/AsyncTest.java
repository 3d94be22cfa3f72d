package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Client;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.session.Credentials;

/** Calls on other threads, and what becomes of those threads. */
class AsyncTest {
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Client service =
      (request, options) -> {
        bodies.add(new String(request.body(), StandardCharsets.UTF_8));
        return answer(request);
      };

  private static Response answer(Request request) {
    return Response.builder()
        .status(200)
        .request(request)
        .body(Samples.IMAGE_COMPLETED.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  @Test
  void aRequestIsThatOfTheMomentOfTheCall() {
    List<Runnable> queued = new ArrayList<>();
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(service)
            .executor(queued::add)
            .build()) {
      GenerationRequest request = new GenerationRequest().model("dall-e-3");
      for (String prompt : List.of("one", "two")) {
        elumenta.generateAsync(request.prompt(prompt).putParamsItem("weight", 1.10));
      }
      queued.forEach(Runnable::run);
    }

    assertThat(bodies)
        .containsExactly(
            "{\"model\":\"dall-e-3\",\"prompt\":\"one\",\"params\":{\"weight\":1.1}}",
            "{\"model\":\"dall-e-3\",\"prompt\":\"two\",\"params\":{\"weight\":1.1}}");
  }

  @Test
  void cancellingDoesNotWaitForTheApplicationsCallbacks() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch isInterrupted = new CountDownLatch(1);
    Credentials blocking =
        () -> {
          isAsked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            isInterrupted.countDown();
            Thread.currentThread().interrupt();
          }
          return Service.KEY;
        };
    try (ElumentaClient elumenta =
        ElumentaClient.builder().credentials(blocking).transport(service).build()) {
      CompletableFuture<Generation> call = elumenta.generateAsync(Samples.image());
      call.whenComplete((generation, failure) -> assertThat(awaited(isInterrupted)).isTrue());
      assertThat(awaited(isAsked)).isTrue();

      call.cancel(true);

      assertThat(isInterrupted.getCount()).isZero();
    }
  }

  @Test
  void anInterruptThatWasMeantForACallDoesNotReachWhatTheThreadDoesNext() throws Exception {
    CountDownLatch isUnderWay = new CountDownLatch(1);
    Client stalled =
        (request, options) -> {
          isUnderWay.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer(request);
        };
    ForkJoinPool oneThread = new ForkJoinPool(1);
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(stalled)
            .executor(oneThread)
            .build()) {
      CompletableFuture<Generation> call = elumenta.generateAsync(Samples.image());
      assertThat(awaited(isUnderWay)).isTrue();
      call.cancel(true);

      assertThat(oneThread.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
    } finally {
      oneThread.shutdownNow();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
