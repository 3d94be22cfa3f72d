package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.Service.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.Generation;

/** Several listeners, some of which are broken, and the headers that the application adds. */
class ManyListenersTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();

  ManyListenersTest() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static CallListener writing(String name, List<String> told) {
    return new CallListener() {
      @Override
      public void callStarted(CallInfo call) {
        told.add(name);
      }
    };
  }

  @Test
  void eachIsToldInTheOrderInWhichTheyWereAdded() {
    List<String> told = new ArrayList<>();
    try (ElumentaClient elumenta =
        service
            .client(time)
            .listener(writing("first", told))
            .listener(writing("second", told))
            .listener(writing("third", told))
            .build()) {
      elumenta.generate(Samples.image());
    }
    assertThat(told).containsExactly("first", "second", "third");
  }

  @Test
  void oneThatThrowsHarmsNeitherCallNorOthersAndIsLoggedOnce() {
    List<String> logged = new ArrayList<>();
    Handler handler = writingTo(logged);
    Logger log = Logger.getLogger("ru.elumenta.client");
    log.addHandler(handler);
    log.setUseParentHandlers(false);
    List<String> told = new ArrayList<>();
    CallListener broken =
        new CallListener() {
          @Override
          public void callStarted(CallInfo call) {
            throw new AssertionError("broken");
          }

          @Override
          public void attemptStarted(CallInfo call, int attempt) {
            throw new IllegalStateException("broken again");
          }
        };
    try (ElumentaClient elumenta =
        service.client(time).listener(broken).listener(writing("told", told)).build()) {
      elumenta.generate(Samples.image());
      elumenta.generate(Samples.image());
    } finally {
      log.removeHandler(handler);
      log.setUseParentHandlers(true);
    }
    assertThat(told).containsExactly("told", "told");
    assertThat(logged).hasSize(1).allMatch(line -> line.contains("the call went on"));
    assertThat(service.posts()).isEqualTo(2);
  }

  @Test
  void oneThatBlocksKeepsItsOwnCallWaitingAndNoOther() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CallListener first =
        new CallListener() {
          @Override
          public void callStarted(CallInfo call) {
            if (call.number() == 1) {
              blocked.countDown();
              awaitUninterruptibly(release);
            }
          }
        };
    try (ElumentaClient elumenta = service.client(time).listener(first).build()) {
      CompletableFuture<Generation> kept = elumenta.generateAsync(Samples.image());
      assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 20; i++) {
        elumenta.generate(Samples.image());
      }
      assertThat(kept).isNotDone();
      assertThat(service.posts()).isEqualTo(20);
      release.countDown();
      assertThat(kept.get(30, TimeUnit.SECONDS).fileUrl()).isPresent();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void headersOfTheApplicationGoOutWithEachAttemptAndNeverTakeThePlaceOfTheClients() {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE), json(200, Samples.IMAGE_COMPLETED));
    try (ElumentaClient elumenta =
        service
            .client(time)
            .attemptHeaders(
                (call, attempt) -> {
                  throw new IllegalStateException("broken");
                })
            .attemptHeaders(
                (call, attempt) ->
                    Map.of(
                        "traceparent", "00-" + call.operation() + "{x}-" + attempt,
                        "Authorization", "Bearer stolen",
                        "X-Broken", "a\nb",
                        "accept", "nothing"))
            .build()) {
      elumenta.generate(Samples.image());
    }
    assertThat(service.requests())
        .extracting(request -> request.getHeader("traceparent"))
        .containsExactly("00-createGeneration{x}-1", "00-createGeneration{x}-2");
    assertThat(service.requests())
        .allSatisfy(
            request -> {
              assertThat(request.header("Authorization").values())
                  .containsExactly("Bearer " + Service.KEY);
              assertThat(request.containsHeader("X-Broken")).isFalse();
              assertThat(request.header("Accept").values()).doesNotContain("nothing");
            });
  }

  private static Handler writingTo(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        lines.add(record.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
