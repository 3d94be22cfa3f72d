package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.client;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.Download;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.Service;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.DownloadFailedException.Reason;
import ru.elumenta.client.error.FileUnavailableException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Result files on their way to a disk or a stream. */
class DownloadTest {
  private static final StoredFile FILE = StoredFile.of(100_000);

  @TempDir private Path folder;

  private Path target() {
    return folder.resolve("image.webp");
  }

  private List<Path> left() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Generation image(RawServer server) {
    return new Generation().status(GenerationStatus.COMPLETED).resultUrl(FILE.url(server));
  }

  private static RawServer answering(byte[] answer) throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(answer);
        });
  }

  /** The failure of a download to {@link #target()}, of which nothing may be left. */
  private DownloadFailedException refused(RawServer server, int requests) throws Exception {
    try (ElumentaClient elumenta = client(server).build()) {
      DownloadFailedException failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              DownloadFailedException.class, () -> elumenta.download(image(server)).to(target()));
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(failure).hasMessageContaining("That costs nothing, and the generation is safe.");
      assertThat(left()).isEmpty();
      assertThat(server.requests()).isEqualTo(requests);
      return failure;
    }
  }

  @Test
  void aFileIsThereWhole() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      DownloadedFile downloaded = elumenta.download(image(server)).to(target());

      assertThat(downloaded.bytes()).isEqualTo(FILE.bytes().length);
      assertThat(downloaded.contentType()).contains("image/webp");
      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertThat(left()).containsExactly(target());
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void othersMayReadItAsTheyMayReadAnyNewFile() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(image(server)).to(target());

      Path plain = Files.createFile(folder.resolve("plain"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target())))
          .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }
  }

  @Test
  void aStreamGetsItAndStaysOpen() throws Exception {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(image(server)).to(out);

      assertThat(out.toByteArray()).isEqualTo(FILE.bytes());
    }
  }

  @Test
  void addressesOfTheHistoryAndThumbnailsAreDownloadedToo() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      String url = "http://127.0.0.1:" + server.port();
      HistoryItem row = new HistoryItem().status(GenerationStatus.COMPLETED).url(url + "/row.webp");
      Generation video =
          new Generation()
              .status(GenerationStatus.COMPLETED)
              .outputUrl(url + "/video.mp4")
              .thumbnailUrl(url + "/thumbnail.jpg");
      OutputStream nowhere = OutputStream.nullOutputStream();
      elumenta.download(row).to(nowhere);
      elumenta.download(video).thumbnail().to(nowhere);
      elumenta.download(video).toAsync(nowhere).get(LONG.toSeconds(), TimeUnit.SECONDS);
      elumenta.download(url + "/kept.webp?signature=a%2Fb").to(nowhere);

      assertThat(server.received())
          .extracting(RawServer.Received::line)
          .containsExactly(
              "GET /row.webp HTTP/1.1",
              "GET /thumbnail.jpg HTTP/1.1",
              "GET /video.mp4 HTTP/1.1",
              "GET /kept.webp?signature=a%2Fb HTTP/1.1");
    }
  }

  @Test
  void aBodyInChunksHasNoLengthBeforehand() throws Exception {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\n"
                    + "abc\r\n"
                    + "2\r\n"
                    + "de\r\n"
                    + "0\r\n\r\n");
        ElumentaClient elumenta = client(server).build()) {
      assertThat(elumenta.download(image(server)).to(target()).bytes()).isEqualTo(5);
      assertThat(target()).hasContent("abcde");
    }
  }

  // Secrets

  @Test
  void theHostIsSentNoCredentialsEvenIfItIsThatOfTheService() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(
                      "HTTP/1.1 302 Found\r\nSet-Cookie: session=1\r\nLocation: /moved\r\n"
                          + "Content-Length: 0\r\n\r\n");
                  conn.readRequest();
                  conn.write(FILE.whole());
                });
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(image(server)).to(target());

      assertThat(server.received()).hasSize(2);
      for (RawServer.Received request : server.received()) {
        assertThat(request.headers().toString())
            .doesNotContain(Service.KEY)
            .doesNotContainIgnoringCase("Authorization")
            .doesNotContainIgnoringCase("Cookie");
        assertThat(request.headers().stream().filter(header -> !header.isEmpty()))
            .extracting(header -> header.split(":")[0].toLowerCase())
            .isSubsetOf(
                "host", "accept", "accept-encoding", "connection", "user-agent", "content-length");
      }
    }
  }

  @Test
  void theQueryOfAnAddressIsNotInTheFailure() throws Exception {
    try (RawServer server = RawServer.answering("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(
              () -> elumenta.download(FILE.url(server) + "?signature=SECRET").to(target()))
          .hasMessageContaining("GET 127.0.0.1/generations/18491.webp")
          .hasMessageNotContaining("SECRET");
    }
  }

  // What is no file

  private static void assertNothingSent(Consumer<Download> use, Generation generation, String say)
      throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> use.accept(elumenta.download(generation)))
          .withMessageContaining(say);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aGenerationWithoutAFileIsToldBeforeAnythingIsSent() throws Exception {
    OutputStream nowhere = OutputStream.nullOutputStream();
    Generation text = new Generation().status(GenerationStatus.COMPLETED).content("Once");
    assertNothingSent(download -> download.to(nowhere), text, "It is a text: read text()");
    assertNothingSent(download -> download.toAsync(target()), text, "It is a text");
    assertNothingSent(
        download -> download.to(target()),
        new Generation().status(GenerationStatus.PENDING),
        "not finished: wait");
    assertNothingSent(
        download -> download.to(target()),
        new Generation().status(GenerationStatus.FAILED),
        "It failed");
    assertNothingSent(
        download -> download.thumbnail().to(target()),
        new Generation().status(GenerationStatus.COMPLETED).url("https://storage.elumenta.ru/1"),
        "no thumbnail");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void aFileThatIsGoneSaysHowLongFilesAreKept(int status) throws Exception {
    try (RawServer server =
            RawServer.answering("HTTP/1.1 " + status + " No\r\nContent-Length: 6\r\n\r\nsorry!");
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).to(target()))
          .isInstanceOfSatisfying(
              FileUnavailableException.class,
              gone -> {
                assertThat(gone.execution()).isEqualTo(Execution.NOT_EXECUTED);
                assertThat(gone.context().status()).hasValue(status);
                assertThat(gone.context().rawBody()).contains("sorry!");
                assertThat(gone.isTransient()).isFalse();
              })
          .hasMessageContaining("costs nothing")
          .hasMessageContaining("7 days (Free, Starter), 30 days (Basic), 90 days (Pro, VIP)");
      assertThat(left()).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 304, 400, 401, 407, 451})
  void anyOtherStatusIsTold(int status) throws Exception {
    String length = status == 204 || status == 304 ? "" : "Content-Length: 0\r\n";
    try (RawServer server =
        RawServer.answering("HTTP/1.1 " + status + " Odd\r\n" + length + "\r\n")) {
      DownloadFailedException failure = refused(server, 1);
      assertThat(failure.reason()).isEqualTo(Reason.STATUS);
      assertThat(failure.context().status()).hasValue(status);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aHostInTroubleIsAskedThreeTimes(int status) throws Exception {
    try (RawServer server =
        RawServer.script(
            conn -> {
              while (true) {
                conn.readRequest();
                conn.write("HTTP/1.1 " + status + " Odd\r\nContent-Length: 0\r\n\r\n");
              }
            })) {
      DownloadFailedException failure = refused(server, 3);
      assertThat(failure.reason()).isEqualTo(Reason.STATUS);
      assertThat(failure.isTransient()).isTrue();
      assertThat(failure.context().attempts()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n",
        "Content-Type: application/json\r\nContent-Length: 3\r\n",
        "Content-Type: image/png\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n",
        "Content-Type: image/png\r\nContent-Length: 0\r\n",
        "Content-Type: image/png\r\n"
      })
  void whatIsNoFileIsNotKept(String headers) throws Exception {
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readRequest();
              conn.write("HTTP/1.1 200 OK\r\n" + headers + "\r\n<p>");
              conn.close();
            })) {
      assertThat(refused(server, 1).reason()).isEqualTo(Reason.NOT_THE_FILE);
    }
  }

  // Size

  @Test
  void aFileThatIsTooLargeIsNotBegun() throws Exception {
    try (RawServer server = answering(FILE.whole());
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).maxBytes(99_999).to(target()))
          .isInstanceOfSatisfying(
              DownloadFailedException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE))
          .hasMessageContaining("it has 100000 bytes, and 99999 are allowed");
      assertThat(left()).isEmpty();
      assertThat(elumenta.download(image(server)).maxBytes(100_000).to(target()).bytes())
          .isEqualTo(100_000);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void oneThatTurnsOutTooLargeIsStopped() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  while (true) {
                    conn.write("5\r\nabcde\r\n");
                  }
                });
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).maxBytes(50_000).to(target()))
          .hasMessageContaining("it has more bytes, and 50000 are allowed");
      assertThat(left()).isEmpty();
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Targets

  @Test
  void aFileThatIsThereStaysUnlessItIsToBeReplaced() throws Exception {
    Files.writeString(target(), "mine");
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("a file is there already, and replacing() was not asked for");
      assertThat(target()).hasContent("mine");
      assertThat(server.requests()).isZero();

      elumenta.download(image(server)).replacing().to(target());
      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertThat(left()).containsExactly(target());
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatAppearsMeanwhileStaysToo() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  Files.writeString(target(), "mine");
                  conn.write(FILE.whole());
                });
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("FileAlreadyExistsException");
      assertThat(target()).hasContent("mine");
      assertThat(left()).containsExactly(target());
    }
  }

  @Test
  void aFailedReplacementLeavesTheOldFile() throws Exception {
    Files.writeString(target(), "mine");
    try (RawServer server =
            answering(
                "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(image(server)).replacing().to(target()))
          .isInstanceOf(FileUnavailableException.class);
      assertThat(target()).hasContent("mine");
      assertThat(left()).containsExactly(target());
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsToldBeforeAnythingIsSent() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      Download download = elumenta.download(image(server));
      for (Path bad :
          List.of(
              folder.resolve("missing").resolve("image.webp"), folder, Path.of("/proc/image"))) {
        assertThatThrownBy(() -> download.to(bad))
            .isInstanceOfSatisfying(
                DownloadFailedException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.TARGET))
            .hasMessageContaining("cannot write to " + bad)
            .hasMessageContaining("the generation is safe");
      }
      assertThat(server.connections()).isZero();
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void aFullDiskCostsNothing() throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = client(server).build();
        OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> elumenta.download(image(server)).to(full))
          .isInstanceOfSatisfying(
              DownloadFailedException.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.TARGET);
                assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
              })
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("the generation is safe");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Progress

  @Test
  void progressIsToldNowAndThenAndAtTheEnd() throws Exception {
    List<Long> told = new CopyOnWriteArrayList<>();
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n");
                  for (int i = 0; i < 400; i++) {
                    conn.write("a");
                    conn.pause(java.time.Duration.ofMillis(1));
                  }
                });
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      long begin = System.nanoTime();
      elumenta
          .download(image(server))
          .progress(
              (bytes, total) -> {
                told.add(bytes);
                assertThat(total).isEqualTo(OptionalLong.of(400));
                throw new IllegalStateException("is ignored");
              })
          .to(target());
      long tenths = (System.nanoTime() - begin) / 100_000_000;

      assertThat(told).isSorted().endsWith(400L).hasSizeBetween(2, (int) tenths + 2);
    }
  }

  @Test
  void everyFailureIsOneOfOurs() {
    assertThat(ElumentaException.class)
        .isAssignableFrom(DownloadFailedException.class)
        .isAssignableFrom(FileUnavailableException.class);
  }
}
