package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Recording.WRITTEN;
import static ru.elumenta.client.internal.transport.Recording.error;
import static ru.elumenta.client.internal.transport.Recording.json;
import static ru.elumenta.client.internal.transport.Streams.LONG;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.error.SpeechFileException.Reason;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TransportException;
import ru.elumenta.error.UnexpectedResponseException;
import ru.elumenta.error.ValidationException;

/** Recordings on their way up: sent again only where that cannot pay twice. */
class UploadTest {
  private static final int BEYOND_BUFFERS = 20 << 20;

  private final FakeTime time = new FakeTime();

  @TempDir private Path folder;

  private ElumentaClient client(RawServer server) {
    return Streams.onRealTime(server).timeSource(time).build();
  }

  private static void assertWhole(RawServer.Received request, Recording recording) {
    byte[] body = request.body();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--elumenta-");
    assertThat(Arrays.copyOfRange(body, begin, end)).isEqualTo(recording.bytes());
  }

  // Failures that cost nothing

  /** Answers that the client waits after and tries again. */
  static String[] costNothing() {
    return new String[] {
      error(429, "rate_limit_exceeded", "Retry-After: 7\r\n"),
      error(503, "model_unavailable"),
      error(500, "provider_error")
    };
  }

  @ParameterizedTest
  @MethodSource("costNothing")
  void aRefusedRecordingIsSentAgainWhole(String refusal) throws Exception {
    Recording recording = Recording.of(100_000);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(refusal);
                  conn.readRequest();
                  conn.write(json(200, WRITTEN));
                });
        ElumentaClient elumenta = client(server)) {
      assertThat(elumenta.transcribe(recording.file()).text()).contains("Hello and welcome…");

      assertThat(server.requests()).isEqualTo(2);
      assertWhole(server.received().get(0), recording);
      assertWhole(server.received().get(1), recording);
      assertThat(time.sleeps()).hasSize(1);
      assertThat(recording.opened()).isEqualTo(2);
      assertThat(recording.isClosedWithin(LONG)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("costNothing")
  void oneStreamIsNotSentAgain(String refusal) throws Exception {
    Recording recording = Recording.of(100_000);
    List<GiveUpReason> reasons = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {
            reasons.add(reason);
          }
        };
    try (RawServer server = RawServer.answering(refusal);
        ElumentaClient elumenta =
            Streams.onRealTime(server).timeSource(time).listener(listener).build()) {
      SpeechFile once = SpeechFile.of("a.mp3", recording.stream(), 100_000);
      ElumentaException failure =
          catchThrowableOfType(ElumentaException.class, () -> elumenta.transcribe(once));

      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(failure).hasMessageContaining("can be read once, and was");
      assertThat(reasons).containsExactly(GiveUpReason.NOT_REPEATABLE);
      assertThat(time.sleeps()).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
      assertThat(recording.isClosedWithin(LONG)).isTrue();
    }
  }

  @Test
  void oneStreamOfWhichNothingWasReadIs() throws Exception {
    Recording recording = Recording.of(100_000);
    int port = RawServer.freePort();
    AtomicInteger tries = new AtomicInteger();
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey("nb_any_key")
            .baseUrl("http://127.0.0.1:" + port)
            .timeSource(time)
            .listener(
                new CallListener() {
                  @Override
                  public void attemptStarted(CallInfo call, int attempt) {
                    tries.set(attempt);
                  }
                })
            .build()) {
      SpeechFile once = SpeechFile.of("a.mp3", recording.stream(), 100_000);
      assertThatThrownBy(() -> elumenta.transcribe(once))
          .isInstanceOfSatisfying(
              TransportException.class,
              refused -> assertThat(refused.execution()).isEqualTo(Execution.NOT_EXECUTED));
      assertThat(tries.get()).isEqualTo(3);
      assertThat(recording.isClosedWithin(LONG)).isTrue();
    }
  }

  @Test
  void aWaitThatDoesNotFitIsNotBegun() throws Exception {
    try (RawServer server =
            RawServer.answering(error(429, "rate_limit_exceeded", "Retry-After: 3600\r\n"));
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(Recording.of(1_000).file()))
          .isInstanceOf(RateLimitException.class);
      assertThat(time.sleeps()).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // What may have been charged

  /** Ways to lose the answer to a recording. */
  enum Loss {
    RESET_WITHIN_THE_BODY,
    CLOSED_AFTER_THE_BODY,
    HALF_AN_ANSWER,
    NO_ANSWER
  }

  private static RawServer losing(Loss loss) throws Exception {
    return RawServer.script(
        conn -> {
          if (loss == Loss.RESET_WITHIN_THE_BODY) {
            conn.readByte();
            conn.reset();
            return;
          }
          conn.readRequest();
          switch (loss) {
            case CLOSED_AFTER_THE_BODY -> conn.close();
            case HALF_AN_ANSWER -> {
              conn.write(json(200, WRITTEN).substring(0, 100));
              conn.close();
            }
            default -> conn.stall();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aLostRecordingIsNeverSentAgain(Loss loss) throws Exception {
    for (Recovery recovery : Recovery.values()) {
      Recording recording = Recording.of(loss == Loss.RESET_WITHIN_THE_BODY ? 20 << 20 : 50_000);
      try (RawServer server = losing(loss);
          ElumentaClient elumenta =
              Streams.onRealTime(server)
                  .timeSource(time)
                  .recovery(recovery)
                  .attemptTimeout(Duration.ofMillis(loss == Loss.NO_ANSWER ? 400 : 10_000))
                  .build()) {
        assertThatThrownBy(() -> elumenta.transcribe(recording.file()))
            .isInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining("POST /stt")
            .hasMessageContaining("may have been executed and charged, so it was not sent again");
        assertThat(server.connections()).as(recovery.toString()).isEqualTo(1);
        assertThat(recording.opened()).isEqualTo(1);
        assertThat(recording.isClosedWithin(LONG)).isTrue();
      }
    }
  }

  @Test
  void aServerThatNeverReadsIsLeftAtTheTimeLimit() throws Exception {
    Recording recording = Recording.of(BEYOND_BUFFERS);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readByte();
                  conn.pause(LONG.multipliedBy(3));
                });
        ElumentaClient elumenta =
            Streams.onRealTime(server).attemptTimeout(Duration.ofMillis(700)).build()) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> elumenta.transcribe(recording.file()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasCauseInstanceOf(CallTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
      assertThat(recording.isClosedWithin(Duration.ofSeconds(1))).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  // Answers before the recording has gone up

  @ParameterizedTest
  @ValueSource(ints = {413, 422})
  void anEarlyAnswerOfAServerThatReadsOnArrives(int status) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readByte();
                  conn.write(error(status, "validation_error"));
                });
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(Recording.of(BEYOND_BUFFERS).file()))
          .isInstanceOfAny(ValidationException.class, UnexpectedResponseException.class)
          .hasMessageContaining("was answered with " + status);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** It is read ahead of the connection, and may share what an interrupt would close. */
  @Test
  void anEarlyAnswerLetsTheSourceFinishItsReadAndClosesItBeforeTheCallReturns() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    AtomicReference<Thread> closedBy = new AtomicReference<>();
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException("a byte at a time");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            reads.incrementAndGet();
            try {
              TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
              interrupts.incrementAndGet();
            }
            return length;
          }

          @Override
          public void close() {
            closedBy.set(Thread.currentThread());
          }
        };
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readByte();
                  conn.write(error(413, "validation_error", "Connection: close\r\n"));
                  conn.close();
                });
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(
              () -> elumenta.transcribe(SpeechFile.of("a.mp3", () -> slow, BEYOND_BUFFERS)))
          .isInstanceOf(ElumentaException.class);

      assertThat(closedBy).hasValue(Thread.currentThread());
      assertThat(interrupts).hasValue(0);
      assertThat(reads.get()).as("not to its end").isBetween(1, BEYOND_BUFFERS / (128 << 10));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {413, 422})
  void anEarlyAnswerOfAServerThatClosesArrivesOrTheOutcomeIsUnknown(int status) throws Exception {
    for (int i = 0; i < 10; i++) {
      try (RawServer server =
              RawServer.script(
                  conn -> {
                    conn.readByte();
                    conn.write(error(status, "validation_error", "Connection: close\r\n"));
                    conn.close();
                  });
          ElumentaClient elumenta = client(server)) {
        ElumentaException failure =
            catchThrowableOfType(
                ElumentaException.class,
                () -> elumenta.transcribe(Recording.of(BEYOND_BUFFERS).file()));
        boolean isTold =
            failure.context().status().equals(OptionalInt.of(status))
                && !(failure instanceof OutcomeUnknownException);
        assertThat(isTold || failure instanceof OutcomeUnknownException)
            .as(failure.toString())
            .isTrue();
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  // A recording that changes

  @Test
  void aStreamThatIsShorterThanSaidBreaksTheRequestOff() throws Exception {
    assertChanged(Recording.of(100_000).file(100_001));
  }

  @Test
  void aStreamThatIsLongerThanSaidDoesToo() throws Exception {
    assertChanged(Recording.of(100_000).file(99_999));
  }

  private void assertChanged(SpeechFile recording) throws Exception {
    try (RawServer server = RawServer.answering(json(200, WRITTEN));
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(recording))
          .isInstanceOfSatisfying(
              SpeechFileException.class,
              changed -> {
                assertThat(changed.reason()).isEqualTo(Reason.CHANGED);
                assertThat(changed.execution()).isEqualTo(Execution.UNKNOWN);
                assertThat(changed.context().attempts()).isEqualTo(1);
              })
          .hasMessageContaining("was not sent whole")
          .hasMessageContaining("unknown");
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).as("whole requests").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatGrowsOrShrinksWhileItIsSentDoesToo(boolean isGrowing) throws Exception {
    Path file = Files.write(folder.resolve("a.mp3"), new byte[BEYOND_BUFFERS]);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readByte();
                  if (isGrowing) {
                    Files.write(file, new byte[1], StandardOpenOption.APPEND);
                  } else {
                    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                      channel.truncate(BEYOND_BUFFERS - 1);
                    }
                  }
                });
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(SpeechFile.of(file)))
          .isInstanceOfSatisfying(
              SpeechFileException.class,
              changed -> assertThat(changed.reason()).isEqualTo(Reason.CHANGED))
          .hasMessageContaining(isGrowing ? "longer than the 20971520" : "shorter, by 1,");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).as("whole requests").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamThatFailsIsTold(boolean isRuntimeException) throws Exception {
    SpeechFile recording =
        SpeechFile.of(
            "a.mp3",
            () ->
                new FilterInputStream(new ByteArrayInputStream(new byte[300_000])) {
                  private int reads;

                  @Override
                  public int read(byte[] bytes, int from, int count) throws IOException {
                    if (++reads < 3) {
                      return super.read(bytes, from, count);
                    }
                    if (isRuntimeException) {
                      throw new IllegalStateException("the tape tore");
                    }
                    throw new IOException("the tape tore");
                  }
                },
            300_000);
    try (RawServer server = RawServer.answering(json(200, WRITTEN));
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(recording))
          .isInstanceOfSatisfying(
              SpeechFileException.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
                assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
              })
          .hasMessageContaining("the tape tore");
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsGoneBeforeTheSecondAttemptIsNotAskedFor() throws Exception {
    Path file = Files.write(folder.resolve("a.mp3"), new byte[1_000]);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  Files.delete(file);
                  conn.write(error(503, "model_unavailable"));
                });
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.transcribe(SpeechFile.of(file)))
          .isInstanceOfSatisfying(
              SpeechFileException.class,
              failure -> assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void streamsThatReadLittleAtATimeAreSentWhole() throws Exception {
    Recording recording = Recording.of(1_000);
    SpeechFile dripping =
        SpeechFile.of(
            "a.mp3",
            () ->
                new FilterInputStream(recording.stream()) {
                  @Override
                  public int read(byte[] bytes, int from, int count) throws IOException {
                    return super.read(bytes, from, Math.min(count, 1));
                  }
                },
            1_000);
    try (RawServer server = RawServer.answering(json(200, WRITTEN));
        ElumentaClient elumenta = client(server)) {
      elumenta.transcribe(dripping);
      assertWhole(server.received().get(0), recording);
      assertThat(Optional.of(server.requests())).contains(1);
    }
  }

  /** Kept so that a stream without bytes is never taken for one with them. */
  @Test
  void anEmptyStreamIsShorterThanSaid() throws Exception {
    assertChanged(SpeechFile.of("a.mp3", InputStream::nullInputStream, 10));
  }
}
