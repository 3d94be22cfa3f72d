package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.LONG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Whoever ends an upload ends it at once, and the recording is closed. */
class UploadEndingTest {
  private static final Duration AT_ONCE = Duration.ofMillis(500); // 50 on a machine of one's own

  /** A server that takes the beginning of a recording, and nothing more or all of it. */
  private static RawServer server(String phase) throws Exception {
    return RawServer.script(
        conn -> {
          if (phase.equals("UPLOAD")) {
            conn.readByte();
            conn.pause(LONG.multipliedBy(3));
          } else {
            conn.stall();
          }
        });
  }

  private static void awaitBusy(RawServer server, String phase, Recording recording) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < deadline
        && (phase.equals("UPLOAD")
            ? server.connections() == 0 || recording.opened() == 0
            : server.requests() == 0)) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UPLOAD,INTERRUPT,20000000", "UPLOAD,CLIENT,20000000",
    "ANSWER,INTERRUPT,1000", "ANSWER,CLIENT,1000"
  })
  void anUploadEndsWhereverItIs(String phase, String end, int length) throws Exception {
    Recording recording = Recording.of(length);
    try (RawServer server = server(phase);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      AtomicReference<ElumentaException> failure = new AtomicReference<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                failure.set(
                    catchThrowableOfType(
                        ElumentaException.class, () -> elumenta.transcribe(recording.file())));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      awaitBusy(server, phase, recording);

      long begin = System.nanoTime();
      if (end.equals("CLIENT")) {
        closeEarly(elumenta);
      } else {
        thread.interrupt();
      }

      assertThat(flag.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(!end.equals("CLIENT"));
      assertThat(recording.isClosedWithin(AT_ONCE)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
      assertThat(
              failure.get() instanceof OutcomeUnknownException open
                  ? open.getCause()
                  : failure.get())
          .isInstanceOf(CallInterruptedException.class);
      assertThat(phase.equals("UPLOAD") || failure.get().execution() == Execution.UNKNOWN).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** On Linux a process can see which files it has open. */
  private static boolean isOpen(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.anyMatch(
          descriptor -> {
            try {
              return Files.readSymbolicLink(descriptor).equals(file);
            } catch (IOException e) {
              return false; // closed meanwhile
            }
          });
    }
  }

  @Test
  void aFileIsClosedToo(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.toRealPath().resolve("a.mp3"), new byte[20_000_000]);
    try (RawServer server = server("UPLOAD");
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      CompletableFuture<Generation> future = elumenta.transcribeAsync(SpeechFile.of(file));
      await(() -> server.connections() > 0 && isOpen(file), LONG);
      assertThat(isOpen(file)).isTrue();

      future.cancel(true);

      await(() -> !isOpen(file), AT_ONCE);
      assertThat(isOpen(file)).isFalse();
    }
  }

  private static void await(Callable<Boolean> condition, Duration limit) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static void closeEarly(AutoCloseable open) throws Exception {
    open.close();
  }

  @Test
  void cancellingTheFutureEndsIt() throws Exception {
    Recording recording = Recording.of(20_000_000);
    try (RawServer server = server("UPLOAD");
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      CompletableFuture<Generation> future = elumenta.transcribeAsync(recording.file());
      awaitBusy(server, "UPLOAD", recording);

      future.cancel(true);

      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      assertThat(recording.isClosedWithin(AT_ONCE)).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aClosedClientSendsNothing() throws Exception {
    Recording recording = Recording.of(1_000);
    try (RawServer server = server("ANSWER")) {
      ElumentaClient elumenta = Streams.onRealTime(server).build();
      elumenta.close();

      assertThatThrownBy(() -> elumenta.transcribe(recording.file()))
          .isInstanceOf(CallInterruptedException.class);
      assertThat(server.connections()).isZero();
    }
  }
}
