package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.FileHost.answering;
import static ru.elumenta.client.internal.transport.FileHost.client;
import static ru.elumenta.client.internal.transport.FileHost.file;
import static ru.elumenta.client.internal.transport.FileHost.image;
import static ru.elumenta.client.internal.transport.FileHost.serving;
import static ru.elumenta.client.internal.transport.FileHost.url;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.DownloadException;
import ru.elumenta.client.DownloadException.Reason;
import ru.elumenta.client.DownloadProgress;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.FileExpiredException;
import ru.elumenta.client.GenerationId;
import ru.elumenta.client.Service;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Files are brought whole or not at all, and nobody gets the key for it. */
class DownloadTest {
  private static final byte[] FILE = file(100_000);
  private static final Duration GONE = Duration.ofSeconds(10);

  @TempDir Path directory;

  private Path target() {
    return directory.resolve("image.webp");
  }

  private <E extends ElumentaException> E failure(
      Class<E> type, ElumentaClient elumenta, Generation image) throws IOException {
    E failure = catchThrowableOfType(type, () -> elumenta.download(image).to(target()));
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure.toString()).doesNotContain("SECRETSIGNATURE").doesNotContain(Service.KEY);
    assertThat(left()).as("what is left behind").isEmpty();
    return failure;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aFileArrivesWholeAndItsHostNeverSeesTheKey() throws Exception {
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      DownloadedFile downloaded = elumenta.download(image(host)).to(target());

      assertThat(Files.readAllBytes(target())).isEqualTo(FILE);
      assertThat(downloaded.bytes()).isEqualTo(FILE.length);
      assertThat(downloaded.contentType()).hasValue("image/webp");
      assertThat(left()).containsExactly(target());
      assertThat(host.requests()).isEqualTo(1);
      assertThat(host.received().get(0).line())
          .isEqualTo("GET /generations/18491.webp?signature=SECRETSIGNATURE HTTP/1.1");
      assertThat(String.join("\n", host.received().get(0).headers()).toLowerCase())
          .doesNotContain("authorization")
          .doesNotContain("cookie")
          .doesNotContain(Service.KEY.toLowerCase());
    }
  }

  @Test
  void aThumbnailGoesToAStreamThatStaysOpen() throws Exception {
    List<String> done = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int next) {
            bytes.write(next);
          }

          @Override
          public void flush() {
            done.add("flushed");
          }

          @Override
          public void close() {
            done.add("closed");
          }
        };
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      elumenta.downloadThumbnail(new Generation().thumbnailUrl(url(host))).to(out);

      assertThat(bytes.toByteArray()).isEqualTo(FILE);
      assertThat(done).containsExactly("flushed");
    }
  }

  @Test
  void progressIsToldNowAndThenAndAtTheEnd() throws Exception {
    List<DownloadProgress> told = new ArrayList<>();
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      elumenta
          .download(image(host))
          .progress(
              progress -> {
                told.add(progress);
                throw new IllegalStateException("a listener that fails");
              })
          .to(target());

      DownloadProgress last = new DownloadProgress(FILE.length, OptionalLong.of(FILE.length));
      assertThat(told).as("in a moment").containsExactly(last);
    }
  }

  @Test
  void whatIsThereIsReplacedOnlyIfAskedFor() throws Exception {
    Files.writeString(target(), "precious");
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class, () -> elumenta.download(image(host)).to(target()));
      assertThat(e.reason()).isEqualTo(Reason.NOT_WRITTEN);
      assertThat(e).hasMessageContaining("FileAlreadyExistsException");
      assertThat(target()).hasContent("precious");
      assertThat(host.requests()).isZero();

      elumenta.download(image(host)).overwriting().to(target());
      assertThat(Files.readAllBytes(target())).isEqualTo(FILE);
      assertThat(left()).containsExactly(target());
    }
  }

  @Test
  void aDirectoryThatIsMissingIsSaidBeforeAnythingIsSent() throws Exception {
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class,
              () -> elumenta.download(image(host)).to(directory.resolve("none/image.webp")));

      assertThat(e.reason()).isEqualTo(Reason.NOT_WRITTEN);
      assertThat(e).hasMessageContaining("no such directory");
      assertThat(host.requests()).isZero();
    }
  }

  @Test
  void aDiskThatIsFullEndsItAtOnce() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int next) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class, () -> elumenta.download(image(host)).to(full));

      assertThat(e.reason()).isEqualTo(Reason.NOT_WRITTEN);
      assertThat(e)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("A download costs nothing.");
      assertThat(host.requests()).isEqualTo(1);
      assertThat(host.awaitClientGone(GONE)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void aFileThatIsNoLongerKeptHasExpired(int status) throws Exception {
    try (RawServer host = RawServer.script(answering(status + " Gone", "<Error>x</Error>"));
        ElumentaClient elumenta = client(host).build()) {
      FileExpiredException e = failure(FileExpiredException.class, elumenta, image(host));

      assertThat(e.context().status()).hasValue(status);
      assertThat(e.context().generationId()).hasValue("18491");
      assertThat(e).hasMessageContaining("7 days on Starter");
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @Test
  void aHostThatIsDownIsAskedThreeTimesAndNotSoonerThanItWishes() throws Exception {
    FakeTime time = new FakeTime();
    try (RawServer host = RawServer.script(answering("503 Busy\r\nRetry-After: 7", "busy"));
        ElumentaClient elumenta = client(host).timeSource(time).build()) {
      DownloadException e = failure(DownloadException.class, elumenta, image(host));

      assertThat(e.reason()).isEqualTo(Reason.NO_FILE);
      assertThat(e.isTransient()).isTrue();
      assertThat(e.context().rawBody()).hasValue("busy");
      assertThat(host.requests()).isEqualTo(3);
      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }
  }

  @Test
  void aWaitThatDoesNotFitIsNotBegun() throws Exception {
    FakeTime time = new FakeTime();
    try (RawServer host = RawServer.script(answering("503 Busy\r\nRetry-After: 70", "busy"));
        ElumentaClient elumenta = client(host).timeSource(time).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class,
              () -> elumenta.within(Duration.ofMinutes(1)).download(image(host)).to(target()));

      assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(70));
      assertThat(time.sleeps()).isEmpty();
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"400 Bad Request", "401 Unauthorized", "204 No Content", "300 Choices"})
  void anyOtherAnswerEndsIt(String answer) throws Exception {
    try (RawServer host = RawServer.script(answering(answer, ""));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e = failure(DownloadException.class, elumenta, image(host));

      assertThat(e.reason()).isEqualTo(Reason.NO_FILE);
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip"})
  void whatIsNoFileIsNotKept(String header) throws Exception {
    Script answer =
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 5\r\n\r\n<html");
        };
    try (RawServer host = RawServer.script(answer);
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e = failure(DownloadException.class, elumenta, image(host));

      assertThat(e.reason()).isEqualTo(Reason.NO_FILE);
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000", "Connection: close"})
  void aFileThatIsTooLongIsNotKeptWhetherItsLengthIsToldOrNot(String header) throws Exception {
    Script answer =
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
          conn.write(FILE);
          conn.close();
        };
    try (RawServer host = RawServer.script(answer);
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class,
              () -> elumenta.download(image(host)).atMost(99_999).to(target()));

      assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
      assertThat(left()).isEmpty();
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @Test
  void aFileWithoutAStatedLengthEndsWithItsBody() throws Exception {
    Script answer =
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
          conn.write(FILE);
          conn.close();
        };
    try (RawServer host = RawServer.script(answer);
        ElumentaClient elumenta = client(host).build()) {
      elumenta.download(image(host)).atMost(FILE.length).to(target());

      assertThat(Files.readAllBytes(target())).isEqualTo(FILE);
    }
  }

  @Test
  void aGenerationWithoutAFileIsRefusedBeforeAnythingIsSent() throws Exception {
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      Generation text = new Generation().id(GenerationId.of("18473")).resultText("Once");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> elumenta.download(text))
          .withMessageStartingWith("Generation 18473 has no file to download");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> elumenta.downloadThumbnail(text))
          .withMessageStartingWith("Generation 18473 has no thumbnail to download");
      assertThat(host.requests()).isZero();
    }
  }

  private static Script stalling() {
    return conn -> {
      conn.readRequest();
      conn.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegun");
      conn.stall();
    };
  }

  @Test
  void aHostThatFallsSilentIsGivenUp() throws Exception {
    try (RawServer host = RawServer.script(stalling());
        ElumentaClient elumenta = client(host).attemptTimeout(Duration.ofMillis(200)).build()) {
      DownloadException e = failure(DownloadException.class, elumenta, image(host));

      assertThat(e.reason()).isEqualTo(Reason.BROKEN_OFF);
      assertThat(host.requests()).as("the first attempt, and three that were futile").isEqualTo(4);
      assertThat(host.awaitClientGone(GONE)).isTrue();
    }
  }

  @Test
  void theTimeOfAllOfItIsKept() throws Exception {
    try (RawServer host = RawServer.script(stalling());
        ElumentaClient elumenta =
            client(host).timeSource(ru.elumenta.client.TimeSource.system()).build()) {
      long start = System.nanoTime();
      CallTimeoutException e =
          catchThrowableOfType(
              CallTimeoutException.class,
              () -> elumenta.download(image(host)).within(Duration.ofMillis(700)).to(target()));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(690), Duration.ofMillis(3000));
      assertThat(e.limit()).isEqualTo(Duration.ofMillis(700));
      assertThat(left()).isEmpty();
      assertThat(host.requests()).isEqualTo(1);
      assertThat(host.awaitClientGone(GONE)).isTrue();
    }
  }

  @Test
  void cancellingEndsItAndRemovesWhatHasArrived() throws Exception {
    try (RawServer host = RawServer.script(stalling());
        ElumentaClient elumenta = client(host).build()) {
      CompletableFuture<DownloadedFile> downloading =
          elumenta.download(image(host)).toAsync(target());
      assertThat(host.awaitRequests(1, GONE)).isTrue();

      downloading.cancel(true);

      assertThat(host.awaitClientGone(GONE)).isTrue();
      assertThat(host.requests()).isEqualTo(1);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void closingTheClientEndsIt() throws Exception {
    try (RawServer host = RawServer.script(stalling())) {
      ElumentaClient elumenta = client(host).build();
      Thread closing =
          new Thread(
              () -> {
                try {
                  host.awaitRequests(1, GONE);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                elumenta.close();
              });
      closing.start();

      assertThat(failure(CallInterruptedException.class, elumenta, image(host)))
          .hasMessageContaining("the client is closed");

      closing.join();
      assertThat(host.requests()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptEndsItAndIsKept() throws Exception {
    try (RawServer host = RawServer.script(stalling());
        ElumentaClient elumenta = client(host).build()) {
      Thread.currentThread().interrupt();
      CallInterruptedException e =
          catchThrowableOfType(
              CallInterruptedException.class, () -> elumenta.download(image(host)).to(target()));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(e).isNotNull();
      assertThat(left()).isEmpty();
    }
  }
}
