package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.Model;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.error.CallInterruptedException;

/** Clients with a key each that share one engine: what they use of the machine, and who ends it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedEngineTest {
  private static final int CLIENTS = 100;

  /** The watchdog, the timer, and one or two of calls and of polls each. */
  private static final int HANDFUL = 12;

  private static final Duration LONG = Duration.ofMinutes(5);

  private Set<Thread> before;

  @BeforeEach
  void rememberThreads() {
    before = Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  private List<Thread> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("elumenta-") && !before.contains(thread))
        .toList();
  }

  /** Models at once; jobs are pending for ever, but for job 0; what ends in "stall" stalls. */
  private static RawServer server() throws Exception {
    return RawServer.script(
        conn -> {
          while (true) {
            String line = conn.readRequest().line();
            if (line.contains("stall")) {
              conn.stall();
            } else if (line.contains("/models/")) {
              conn.write(Recording.json(200, "{\"slug\":\"dall-e-3\"}"));
            } else {
              String id = line.replaceAll(".*/generate/([0-9]+) .*", "$1");
              String status = id.equals("0") ? "completed" : "pending";
              conn.write(
                  Recording.json(200, "{\"id\":%s,\"status\":\"%s\"}".formatted(id, status)));
            }
          }
        });
  }

  private static ElumentaClient client(
      RawServer server, HttpEngine engine, int number, Duration interval) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456" + number)
        .baseUrl("http://127.0.0.1:" + server.port())
        .polling(PollingOptions.defaults().withInterval(interval).withJitter(0))
        .sharedWith(engine)
        .build();
  }

  private static CompletableFuture<Generation> job(ElumentaClient elumenta, int id) {
    return elumenta.attach(GenerationId.of(id)).awaitAsync(LONG);
  }

  private static CompletableFuture<Model> model(ElumentaClient elumenta, String slug) {
    return elumenta.async(ModelsApi.class, models -> models.getModel(slug));
  }

  private static void assertEndedByClosing(CompletableFuture<?> future) {
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CallInterruptedException.class)
        .hasMessageContaining("closed");
  }

  private static void closeEarly(AutoCloseable open) throws Exception {
    open.close();
  }

  @Test
  void aHundredClientsWithAKeyEachWaitAndCallOnAHandfulOfThreads() throws Exception {
    try (RawServer server = server();
        HttpEngine engine = HttpEngine.create()) {
      List<ElumentaClient> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(number -> client(server, engine, number, Duration.ofHours(1)))
              .toList();
      List<CompletableFuture<Generation>> waits = new ArrayList<>();
      for (ElumentaClient elumenta : clients) {
        assertThat(elumenta.api(ModelsApi.class).getModel("dall-e-3").getSlug()).isNotNull();
        assertThat(model(elumenta, "dall-e-3").get().getSlug()).isNotNull();
        assertThat(job(elumenta, 0).get().getId()).isEqualTo(GenerationId.of(0));
        int requests = server.requests();
        waits.add(elumenta.attach(GenerationId.of(1)).awaitAsync(Duration.ofHours(2)));
        assertThat(server.awaitRequests(requests + 1, Duration.ofSeconds(20))).isTrue();
      }

      assertThat(waits).noneMatch(CompletableFuture::isDone);
      assertThat(ownThreads()).as("threads of %d clients", CLIENTS).hasSizeLessThan(HANDFUL + 1);
      assertThat(server.connections()).isLessThan(HANDFUL + 1);
      assertThat(server.requests()).isEqualTo(4 * CLIENTS);
      Set<String> keys =
          server.received().stream()
              .map(request -> request.values("Authorization").get(0))
              .collect(Collectors.toSet());
      assertThat(keys).hasSize(CLIENTS);

      clients.get(0).close();
      assertEndedByClosing(waits.get(0));
      assertThat(model(clients.get(1), "dall-e-3").get().getSlug()).isNotNull();
      assertThat(waits.subList(1, CLIENTS)).noneMatch(CompletableFuture::isDone);

      closeEarly(engine);
      waits.forEach(SharedEngineTest::assertEndedByClosing);
      clients.forEach(ElumentaClient::close);
      assertThat(server.awaitClientGone(Duration.ofSeconds(10))).isTrue();
    }
    for (Thread thread : ownThreads()) {
      thread.join(20_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void closingOneClientEndsItsCallsAndWaitsAndNothingOfTheOthers() throws Exception {
    for (int round = 0; round < 200; round++) {
      try (RawServer server = server();
          HttpEngine engine = HttpEngine.create();
          ElumentaClient stays = client(server, engine, 1, Duration.ofMillis(5))) {
        ElumentaClient goes = client(server, engine, 2, Duration.ofMillis(5));
        CompletableFuture<Generation> staying = job(stays, 1);
        CompletableFuture<Model> stalling = model(stays, "stall");
        List<CompletableFuture<?>> ending =
            List.of(job(goes, 1), job(goes, 2), model(goes, "stall"), model(goes, "stall"));
        assertThat(server.awaitRequests(round % 6, Duration.ofSeconds(20))).isTrue();

        goes.close();

        ending.forEach(SharedEngineTest::assertEndedByClosing);
        assertThat(job(stays, 0).get(20, TimeUnit.SECONDS).getId()).isEqualTo(GenerationId.of(0));
        assertThat(model(stays, "x").get(20, TimeUnit.SECONDS).getSlug()).isNotNull();
        assertThat(staying).isNotDone();
        assertThat(stalling).isNotDone();
        assertEndedByClosing(model(goes, "x"));
        assertEndedByClosing(job(goes, 0));
        closeEarly(engine);
        assertEndedByClosing(staying);
        assertEndedByClosing(stalling);
      }
    }
  }

  @Test
  void whatHangsOnACallIsNotInterruptedByTheClosingThatEndedIt() throws Exception {
    Set<Boolean> interrupted = ConcurrentHashMap.newKeySet();
    for (int round = 0; round < 50; round++) {
      try (RawServer server = server();
          HttpEngine engine = HttpEngine.create()) {
        ElumentaClient elumenta = client(server, engine, 1, LONG);
        CountDownLatch told = new CountDownLatch(2);
        List.of(model(elumenta, "stall"), job(elumenta, 1))
            .forEach(
                future ->
                    future.whenComplete(
                        (result, failure) -> {
                          interrupted.add(Thread.currentThread().isInterrupted());
                          told.countDown();
                        }));
        assertThat(server.awaitRequests(2, Duration.ofSeconds(20))).isTrue();
        elumenta.close();
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(interrupted).containsExactly(false);
  }
}
