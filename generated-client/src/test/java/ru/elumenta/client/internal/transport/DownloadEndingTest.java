package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.LONG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/** Whoever ends a download early ends it at once, and nothing of it is left. */
class DownloadEndingTest {
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** The JDK's selector, which closes connections, may sleep for 3 s (seen on 25). */
  private static final Duration GONE = LONG;

  private static final StoredFile FILE = StoredFile.of(3_000);

  @TempDir private Path folder;

  /** Where a download is when it is ended. */
  enum Phase {
    HEADERS,
    SILENT_BODY,
    RUNNING_BODY,
    WAIT
  }

  private static RawServer serverFor(Phase phase) throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          switch (phase) {
            case HEADERS -> conn.stall();
            case SILENT_BODY -> {
              conn.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
              conn.stall();
            }
            case RUNNING_BODY -> {
              conn.write("HTTP/1.1 200 OK\r\nContent-Length: 900000000000\r\n\r\n");
              while (true) {
                conn.write(FILE.bytes());
              }
            }
            case WAIT ->
                conn.write("HTTP/1.1 503 No\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
          }
        });
  }

  private static void closeEarly(AutoCloseable open) throws Exception {
    open.close();
  }

  private boolean isNothingLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void awaitBusy(RawServer server, Thread thread, Phase phase) throws Exception {
    assertThat(server.awaitRequests(1, LONG)).isTrue();
    long deadline = System.nanoTime() + LONG.toNanos();
    while (phase != Phase.RUNNING_BODY
        && !Exchange.isBlocked(thread)
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HEADERS,INTERRUPT", "SILENT_BODY,INTERRUPT", "RUNNING_BODY,INTERRUPT", "WAIT,INTERRUPT",
    "HEADERS,CLIENT", "SILENT_BODY,CLIENT", "RUNNING_BODY,CLIENT", "WAIT,CLIENT"
  })
  void aDownloadEndsWhereverItIs(Phase phase, String end) throws Exception {
    try (RawServer server = serverFor(phase);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      AtomicReference<ElumentaException> failure = new AtomicReference<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                failure.set(
                    catchThrowableOfType(
                        ElumentaException.class,
                        () ->
                            elumenta
                                .download(FILE.url(server))
                                .maxBytes(Long.MAX_VALUE)
                                .to(folder.resolve("image.webp"))));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      awaitBusy(server, thread, phase);

      long begin = System.nanoTime();
      if (end.equals("CLIENT")) {
        closeEarly(elumenta);
      } else {
        thread.interrupt();
      }

      assertThat(flag.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(!end.equals("CLIENT"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE.multipliedBy(10));
      assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
      assertThat(isNothingLeft()).isTrue();
      assertThat(phase == Phase.WAIT || server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"HEADERS", "SILENT_BODY", "RUNNING_BODY", "WAIT"})
  void cancellingTheFutureEndsIt(Phase phase) throws Exception {
    try (RawServer server = serverFor(phase);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      CompletableFuture<DownloadedFile> future =
          elumenta
              .download(FILE.url(server))
              .maxBytes(Long.MAX_VALUE)
              .toAsync(folder.resolve("image.webp"));
      assertThat(server.awaitRequests(1, LONG)).isTrue();

      future.cancel(true);

      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      assertThat(phase == Phase.WAIT || server.awaitClientGone(GONE)).isTrue();
      long deadline = System.nanoTime() + LONG.toNanos();
      while (!isNothingLeft() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(isNothingLeft()).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aClosedClientDownloadsNothing() throws Exception {
    try (RawServer server = RawServer.script(FILE.host())) {
      ElumentaClient elumenta = Streams.onRealTime(server).build();
      elumenta.close();

      assertThatThrownBy(() -> elumenta.download(FILE.url(server)).to(folder.resolve("image.webp")))
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("because the client is closed");
      assertThat(server.connections()).isZero();
      assertThat(isNothingLeft()).isTrue();
    }
  }

  @Test
  void aThreadThatIsInterruptedAlreadyDownloadsNothing() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(
                () -> elumenta.download(FILE.url(server)).to(folder.resolve("image.webp")))
            .isInstanceOf(CallInterruptedException.class);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(isNothingLeft()).isTrue();
    }
  }

  @Test
  void aFileThatWasReadWholeLeavesItsConnectionToTheNext() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      for (int i = 0; i < 20; i++) {
        elumenta.download(FILE.url(server)).replacing().to(folder.resolve("image.webp"));
      }
      assertThat(server.requests()).isEqualTo(20);
      assertThat(server.connections()).isLessThan(5);
    }
  }
}
