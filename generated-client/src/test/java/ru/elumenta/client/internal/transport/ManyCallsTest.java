package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.Model;
import ru.elumenta.error.CallInterruptedException;

/** Many calls at once through one client, without a thread of the application's for each. */
class ManyCallsTest {
  private static final int CALLS = 200;
  private static final Duration ANSWER_AFTER = Duration.ofMillis(300);
  private static final String MODEL = "{\"slug\":\"dall-e-3\"}";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(MODEL.length(), MODEL);

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private ElumentaClient client(RawServer server) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456789")
        .baseUrl("http://127.0.0.1:" + server.port())
        .listener(
            new CallListener() {
              @Override
              public void attemptStarted(CallInfo call, int attempt) {
                threads.add(Thread.currentThread());
              }
            })
        .build();
  }

  private static RawServer slowServer() throws Exception {
    return RawServer.script(
        conn -> {
          while (true) {
            conn.readRequest();
            conn.pause(ANSWER_AFTER);
            conn.write(OK);
          }
        });
  }

  private static List<CompletableFuture<Model>> start(ElumentaClient elumenta) {
    return IntStream.range(0, CALLS)
        .mapToObj(i -> elumenta.async(ModelsApi.class, models -> models.getModel("dall-e-3")))
        .toList();
  }

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }

  @Test
  void theyWaitAtTheSameTime() throws Exception {
    try (RawServer server = slowServer();
        ElumentaClient elumenta = client(server)) {
      long start = System.nanoTime();
      for (CompletableFuture<Model> call : start(elumenta)) {
        assertThat(call.get().getSlug()).isEqualTo("dall-e-3");
      }

      // One after the other they would take a minute; on two carrier threads that are held fast,
      // half of it.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.requests()).isEqualTo(CALLS);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void whereTheJdkHasVirtualThreadsTheyRunOnThose() throws Exception {
    try (RawServer server = slowServer();
        ElumentaClient elumenta = client(server)) {
      for (CompletableFuture<Model> call : start(elumenta)) {
        call.get();
      }
      for (Thread thread : threads) {
        assertThat(isVirtual(thread)).isTrue();
      }
      assertThat(threads).isNotEmpty();
    }
  }

  @Test
  void closingTheClientEndsThemAll() throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall)) {
      ElumentaClient elumenta = client(server);
      List<CompletableFuture<Model>> calls = start(elumenta);
      assertThat(server.awaitRequests(CALLS, Duration.ofSeconds(20))).isTrue();

      elumenta.close();

      for (CompletableFuture<Model> call : calls) {
        assertThatThrownBy(call::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(CallInterruptedException.class);
      }
      assertThat(server.awaitClientGone(Duration.ofSeconds(10))).isTrue();
      assertThat(server.requests()).isEqualTo(CALLS);
    }
  }

  @Test
  void aClosedClientSaysSo() throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall)) {
      ElumentaClient elumenta = client(server);
      elumenta.close();

      assertThatThrownBy(
              () -> elumenta.async(ModelsApi.class, models -> models.getModel("x")).get())
          .hasCauseInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("because the client is closed");
      assertThat(server.connections()).isZero();
    }
  }
}
