package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.client;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.DownloadFailedException.Reason;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.Execution;

/** Downloads whose connection breaks: they go on, start over, or end with a clear failure. */
class DownloadBreaksTest {
  private static final StoredFile FILE = StoredFile.of(3_000);
  private static final int HEAD = FILE.whole().length - FILE.bytes().length;

  @TempDir private Path folder;

  private Path target() {
    return folder.resolve("image.webp");
  }

  private void assertNothingLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** After every byte of the head, and after some of the body. */
  static IntStream cuts() {
    return IntStream.concat(
        IntStream.range(0, HEAD + 3), IntStream.of(HEAD + 500, HEAD + 1500, HEAD + 2999));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aBrokenDownloadGoesOnWhereItEnded(int cut) throws Exception {
    try (RawServer server = RawServer.script(FILE.breakingAfter(cut), FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(FILE.url(server)).to(target());

      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertGoneOn(server, cut);
    }
  }

  private static void assertGoneOn(RawServer server, int cut) {
    List<String> ranges = server.received().get(server.requests() - 1).values("Range");
    if (cut <= HEAD) {
      assertThat(ranges).isEmpty();
    } else {
      assertThat(ranges).containsExactly("bytes=" + (cut - HEAD) + "-");
      assertThat(server.received().get(1).values("If-Range")).containsExactly("\"v1\"");
    }
    assertThat(server.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void withoutRangesItStartsOver(int cut) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(Arrays.copyOf(FILE.whole(), cut));
                  conn.close();
                },
                conn -> {
                  conn.readRequest();
                  conn.write(FILE.whole());
                });
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(FILE.url(server)).to(target());

      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamGetsEachByteOnce(boolean byDate) throws Exception {
    StoredFile file = byDate ? FILE.with(StoredFile.DATE) : FILE;
    int head = file.whole().length - 3000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RawServer server =
            RawServer.script(file.breakingAfter(head + 700), file.breakingAfter(900), file.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(file.url(server)).to(out);

      assertThat(out.toByteArray()).isEqualTo(file.bytes());
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "ETag: W/\"v1\"",
        "ETag: \"v1\"\r\nAccept-Ranges: none",
        "Last-Modified: Sun, 08 Mar 2026 11:00:00 GMT\r\nDate: Sun, 08 Mar 2026 11:00:00 GMT",
        "Last-Modified: yesterday"
      })
  void aHostThatCannotTellVersionsIsAskedForTheWhole(String headers) throws Exception {
    StoredFile file = FILE.with(headers);
    try (RawServer server =
            RawServer.script(file.breakingAfter(file.whole().length - 1), file.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(file.url(server)).to(target());

      assertThat(target()).hasBinaryContent(file.bytes());
      assertThat(server.received())
          .allSatisfy(request -> assertThat(request.values("Range")).isEmpty());
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aFileThatChangedMeanwhileIsStartedOver() throws Exception {
    StoredFile changed = new StoredFile(StoredFile.of(2_000).bytes(), "ETag: \"v2\"");
    try (RawServer server = RawServer.script(FILE.breakingAfter(HEAD + 1_000), changed.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(FILE.url(server)).to(target());

      assertThat(target()).hasBinaryContent(changed.bytes());
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  /** Answers to the request for the bytes from 1000 on that are not the rest of the file. */
  static List<String> wrongParts() {
    return List.of(
        "206 Part\r\nContent-Range: bytes 999-2999/3000\r\nContent-Length: 2001\r\nETag: \"v1\"",
        "206 Part\r\nContent-Range: bytes 0-2999/3000\r\nContent-Length: 3000\r\nETag: \"v1\"",
        "206 Part\r\nContent-Range: bytes 1000-1999/2000\r\nContent-Length: 1000\r\nETag: \"v1\"",
        "206 Part\r\nContent-Range: bytes 1000-2999/3000\r\nContent-Length: 2000\r\nETag: \"v2\"",
        "206 Part\r\nContent-Range: items 1000-2999/3000\r\nContent-Length: 2000\r\nETag: \"v1\"",
        "206 Part\r\nContent-Length: 2000\r\nETag: \"v1\"",
        "416 Not there\r\nContent-Range: bytes */3000\r\nContent-Length: 0");
  }

  @ParameterizedTest
  @MethodSource("wrongParts")
  void aPartThatIsNotTheRestIsNotTakenForIt(String head) throws Exception {
    try (RawServer server =
            RawServer.script(
                FILE.breakingAfter(HEAD + 1_000),
                conn -> {
                  conn.readRequest();
                  conn.write("HTTP/1.1 " + head + "\r\n\r\n");
                  conn.write("x".repeat(3000));
                  conn.close();
                },
                FILE.host());
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(FILE.url(server)).to(target());

      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertThat(server.requests()).isEqualTo(3);
      assertThat(server.received().get(1).values("Range")).containsExactly("bytes=1000-");
      assertThat(server.received().get(2).values("Range")).isEmpty();
    }
  }

  @Test
  void aStreamCannotBeStartedOver() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoredFile file = FILE.with("X-Nothing: 1");
    try (RawServer server =
            RawServer.script(file.breakingAfter(file.whole().length - 1_000), file.host());
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(file.url(server)).to(out))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("To a path it can be started over");
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(file.bytes(), 2_000));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // When it gives up

  @Test
  void aHostThatBringsNothingIsAskedThreeTimes() throws Exception {
    FakeTime time = new FakeTime();
    try (RawServer server = RawServer.script(FILE.breakingAfter(HEAD));
        ElumentaClient elumenta = Streams.onRealTime(server).timeSource(time).build()) {
      DownloadFailedException failure =
          catchThrowableOfType(
              DownloadFailedException.class,
              () -> elumenta.download(FILE.url(server)).to(target()));

      assertThat(failure.reason()).isEqualTo(Reason.BROKEN_OFF);
      assertThat(failure.isTransient()).isTrue();
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(failure).hasMessageContaining("broke off after 0 bytes");
      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
      assertNothingLeft();
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void aHostThatBringsNothingMoreIsAskedThreeTimesMore() throws Exception {
    try (RawServer server =
            RawServer.script(FILE.breakingAfter(HEAD + 1_000), FILE.breakingAfter(20));
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(FILE.url(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("broke off after 1000 bytes");
      assertNothingLeft();
      assertThat(server.requests()).isEqualTo(4);
    }
  }

  @Test
  void aHostThatBringsAByteATimeIsGivenUpAfterTwentyMore() throws Exception {
    RawServer.Script aByte =
        conn -> {
          RawServer.Received request = conn.readRequest();
          int from = request.values("Range").isEmpty() ? 0 : StoredFile.start(request);
          byte[] answer = FILE.answerTo(request);
          conn.write(Arrays.copyOf(answer, answer.length - FILE.bytes().length + from + 1));
          conn.close();
        };
    try (RawServer server = RawServer.script(aByte);
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(FILE.url(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("as often as allowed");
      assertNothingLeft();
      assertThat(server.requests()).isEqualTo(21);
    }
  }

  @Test
  void startingOverIsNoProgress() throws Exception {
    StoredFile file = FILE.with("X-Nothing: 1");
    try (RawServer server = RawServer.script(file.breakingAfter(file.whole().length - 1_000));
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(file.url(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class);
      assertNothingLeft();
      assertThat(server.requests()).isEqualTo(4); // the first brought something, three no more
    }
  }

  @Test
  void whoWantsNoRetriesGetsNone() throws Exception {
    try (RawServer server = RawServer.script(FILE.breakingAfter(HEAD + 1_000), FILE.host());
        ElumentaClient elumenta = client(server).retry(RetryOptions.none()).build()) {
      assertThatThrownBy(() -> elumenta.download(FILE.url(server)).to(target()))
          .isInstanceOf(DownloadFailedException.class);
      assertNothingLeft();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aWaitThatTheHostNamesIsKept() throws Exception {
    FakeTime time = new FakeTime();
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  asked.incrementAndGet();
                  conn.write("HTTP/1.1 503 No\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n");
                  conn.readRequest();
                  conn.write(FILE.whole());
                });
        ElumentaClient elumenta = Streams.onRealTime(server).timeSource(time).build()) {
      elumenta.download(FILE.url(server)).to(target());
      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(40));
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aWaitBeyondTheLimitIsNotBegun() throws Exception {
    FakeTime time = new FakeTime();
    try (RawServer server =
            RawServer.answering("HTTP/1.1 503 No\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n");
        ElumentaClient elumenta = Streams.onRealTime(server).timeSource(time).build()) {
      assertThatThrownBy(
              () -> elumenta.download(FILE.url(server)).within(Duration.ofSeconds(30)).to(target()))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("the wait of 40 s would exceed the time limit");
      assertThat(time.sleeps()).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Time

  @Test
  void aBodyThatFallsSilentIsBrokenOffAndGoneOnWith() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(Arrays.copyOf(FILE.whole(), HEAD + 1_000));
                  conn.stall();
                },
                FILE.host());
        ElumentaClient elumenta = client(server).attemptTimeout(Duration.ofMillis(300)).build()) {
      elumenta.download(FILE.url(server)).to(target());

      assertThat(target()).hasBinaryContent(FILE.bytes());
      assertThat(server.received().get(1).values("Range")).containsExactly("bytes=1000-");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theWholeEndsAtItsLimit(boolean byClient) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(Arrays.copyOf(FILE.whole(), HEAD));
                  conn.drip("x".repeat(3_000), Duration.ofMillis(5)); // never silent
                });
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      Duration limit = Duration.ofMillis(400);
      long begin = System.nanoTime();
      assertThatThrownBy(
              () ->
                  (byClient
                          ? elumenta.within(limit).download(FILE.url(server))
                          : elumenta.download(FILE.url(server)).within(limit))
                      .to(target()))
          .isInstanceOfSatisfying(
              CallTimeoutException.class,
              late -> {
                assertThat(late.limit()).isEqualTo(limit);
                assertThat(late.execution()).isEqualTo(Execution.NOT_EXECUTED);
              });
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
      assertNothingLeft();
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
