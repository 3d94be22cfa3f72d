package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Whoever cancels a call ends it: at once, wherever it is, and nothing more is sent. */
class CancellationTest {
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int TRIES = 3; // one of them on a machine that has nothing else to do

  private final AtomicReference<ElumentaException> failure = new AtomicReference<>();
  private final CountDownLatch retryScheduled = new CountDownLatch(1);
  private final CallListener listener =
      new CallListener() {
        @Override
        public void gaveUp(CallInfo call, ElumentaException e, GiveUpReason reason) {
          failure.compareAndSet(null, e);
        }

        @Override
        public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
          retryScheduled.countDown();
        }
      };

  /** Where a call may be when it is cancelled. */
  enum Phase {
    IN_FLIGHT(RawServer.Connection::stall, Execution.UNKNOWN, true),
    IN_THE_BODY(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
          conn.stall();
        },
        Execution.UNKNOWN,
        true),
    IN_BACK_OFF(
        answering("503 Service Unavailable\r\nRetry-After: 60", "\"error\":\"model_unavailable\""),
        Execution.NOT_EXECUTED,
        false),
    BETWEEN_POLLS(answering("200 OK", "\"id\":7,\"status\":\"pending\""), null, false);

    private final Script script;
    private final Execution execution;
    private final boolean isConnectionClosed;

    Phase(Script script, Execution execution, boolean isConnectionClosed) {
      this.script = script;
      this.execution = execution;
      this.isConnectionClosed = isConnectionClosed;
    }

    private static Script answering(String status, String members) {
      String body = "{" + members + "}";
      return conn -> {
        conn.readRequest();
        conn.write(
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
        conn.stall();
      };
    }
  }

  /** One thread per task, which tells when it is free again. */
  private static final class Threads implements Executor {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private volatile Thread thread;

    @Override
    public void execute(Runnable task) {
      thread =
          new Thread(
              () -> {
                started.countDown();
                task.run();
                free.countDown();
              });
      thread.start();
    }

    /** Waits until the call waits for something. */
    void awaitWaiting() throws InterruptedException {
      assertThat(started.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      long deadline = System.nanoTime() + LONG.toNanos();
      while (!Exchange.isBlocked(thread) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }

    Duration timeToBeFreeSince(long moment) throws InterruptedException {
      assertThat(free.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return Duration.ofNanos(System.nanoTime() - moment);
    }
  }

  private ElumentaClient client(int port, Threads threads) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456789")
        .baseUrl("http://127.0.0.1:" + port)
        .executor(threads)
        .listener(listener)
        .build();
  }

  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void cancellingTheFutureEndsTheCallAtOnce(Phase phase) throws Exception {
    Duration fastest = LONG;
    for (int i = 0; i < TRIES; i++) {
      Duration took = cancelled(phase);
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    assertThat(fastest).isLessThan(AT_ONCE);
  }

  private Duration cancelled(Phase phase) throws Exception {
    Threads threads = new Threads();
    try (RawServer server = RawServer.script(phase.script);
        ElumentaClient elumenta = client(server.port(), threads)) {
      CompletableFuture<Generation> future = elumenta.generateAsync(image());
      assertThat(server.awaitRequests(1, LONG)).isTrue();
      if (phase == Phase.IN_BACK_OFF) {
        assertThat(retryScheduled.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
      threads.awaitWaiting();

      long moment = System.nanoTime();
      future.cancel(true);
      Duration took = threads.timeToBeFreeSince(moment);

      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      if (phase.isConnectionClosed) {
        assertThat(server.awaitClientGone(LONG)).isTrue();
      }
      if (phase.execution != null) { // a job's waiting is no call of which a listener is told
        assertThat(
                failure.get() instanceof OutcomeUnknownException open
                    ? open.getCause()
                    : failure.get())
            .isInstanceOf(CallInterruptedException.class);
        assertThat(failure.get().execution()).isEqualTo(phase.execution);
      }
      assertThat(server.requests()).isEqualTo(1);
      return took;
    }
  }

  @Test
  void cancellingWhileConnectingSendsNothing() throws Exception {
    Threads threads = new Threads();
    try (FullPort port = new FullPort()) {
      assumeThat(port.isFull()).isTrue();
      int number = Integer.parseInt(port.url().replaceAll(".*:(\\d+)/.*", "$1"));
      try (ElumentaClient elumenta = client(number, threads)) {
        CompletableFuture<Generation> future = elumenta.generateAsync(image());
        threads.awaitWaiting();

        long moment = System.nanoTime();
        future.cancel(true);

        assertThat(threads.timeToBeFreeSince(moment)).isLessThan(Duration.ofMillis(350));
        assertThat(failure.get().execution()).isEqualTo(Execution.NOT_EXECUTED);
        assertThat(port.sentBelated(Duration.ofMillis(500))).isEmpty();
      }
    }
  }

  @Test
  void aTimeOutOfTheFutureEndsTheCallToo() throws Exception {
    Threads threads = new Threads();
    try (RawServer server = RawServer.script(RawServer.Connection::stall);
        ElumentaClient elumenta = client(server.port(), threads)) {
      CompletableFuture<Generation> future =
          elumenta.generateAsync(image()).orTimeout(200, TimeUnit.MILLISECONDS);

      assertThatThrownBy(future::get).hasCauseInstanceOf(TimeoutException.class);
      threads.timeToBeFreeSince(System.nanoTime());
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whatIsCancelledBeforeItBeganIsNeverSent() throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall)) {
      AtomicReference<Runnable> queued = new AtomicReference<>();
      try (ElumentaClient elumenta =
          ElumentaClient.builder()
              .apiKey("nb_test_0123456789")
              .baseUrl("http://127.0.0.1:" + server.port())
              .executor(queued::set)
              .build()) {
        CompletableFuture<Generation> future = elumenta.generateAsync(image());
        future.cancel(true);
        queued.get().run();

        assertThat(server.connections()).isZero();
      }
    }
  }
}
