package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** A recording whose source blocks, and heeds nothing, outlasts no limit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadDeadlineTest {
  private static final int LENGTH = 300_000;
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final Duration AT_THE_LATEST = Duration.ofMillis(1_400); // 900 on a quiet machine

  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final AtomicInteger opened = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** What of it blocks, and whether something of the request has left by then. */
  enum Blocks {
    OPENING(false),
    READING(true),
    READING_AND_CLOSING(true);

    private final boolean isSent;

    Blocks(boolean isSent) {
      this.isSent = isSent;
    }
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  private void block() {
    reached.countDown();
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // As many sources do, it goes on.
      }
    }
  }

  private InputStream stream(Blocks what) {
    opened.incrementAndGet();
    if (what == Blocks.OPENING) {
      block();
    }
    return new InputStream() {
      private int left = LENGTH - 1;

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] bytes, int from, int count) {
        if (left == 0) {
          block();
        }
        int given = Math.min(left, count);
        left -= given;
        return given == 0 ? 1 : given;
      }

      @Override
      public void close() throws IOException {
        if (what == Blocks.READING_AND_CLOSING) {
          block();
        }
        closed.complete(null);
      }
    };
  }

  private SpeechFile recording(Blocks what) {
    return SpeechFile.of("speech.mp3", () -> stream(what), LENGTH);
  }

  private static <E extends ElumentaException> E inTime(Class<E> type, Runnable call) {
    long start = System.nanoTime();
    E failure = catchThrowableOfType(type, call::run);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_THE_LATEST);
    assertThat(failure).isNotNull();
    return failure;
  }

  private void assertSourceGivenBack(Blocks what) throws Exception {
    if (what == Blocks.READING) { // closing may free whoever reads
      closed.get(10, TimeUnit.SECONDS);
    }
    released.countDown();
    closed.get(10, TimeUnit.SECONDS);
    assertThat(opened).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void theLimitEndsTheCall(Blocks what) throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      ElumentaException failure =
          inTime(ElumentaException.class, () -> elumenta.within(LIMIT).transcribe(recording(what)));

      if (what.isSent) {
        assertThat(failure)
            .isInstanceOf(OutcomeUnknownException.class)
            .hasCauseInstanceOf(CallTimeoutException.class);
        assertThat(server.awaitClientGone(Duration.ofSeconds(10))).isTrue();
      } else {
        assertThat(failure).isInstanceOf(CallTimeoutException.class);
      }
      assertThat(failure.execution())
          .isEqualTo(what.isSent ? Execution.UNKNOWN : Execution.NOT_EXECUTED);
      assertThat(server.requests()).as("whole requests").isZero();
      assertSourceGivenBack(what);
    }
  }

  @Test
  void aStreamThatCanBeSentOnceIsNoExceptionToThat() throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      SpeechFile recording =
          SpeechFile.of("speech.mp3", stream(Blocks.READING_AND_CLOSING), LENGTH);

      inTime(OutcomeUnknownException.class, () -> elumenta.within(LIMIT).transcribe(recording));

      assertSourceGivenBack(Blocks.READING_AND_CLOSING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGivenTransportIsNotAskedAtAll(Blocks what) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Client given =
        (request, options) -> {
          asked.incrementAndGet();
          throw new IOException("it was asked");
        };
    try (ElumentaClient elumenta =
        ElumentaClient.builder().apiKey("nb_test_0123456789").transport(given).build()) {
      CallTimeoutException failure =
          inTime(
              CallTimeoutException.class, () -> elumenta.within(LIMIT).transcribe(recording(what)));

      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(failure.limit()).isEqualTo(LIMIT);
      assertThat(asked).hasValue(0);
      assertSourceGivenBack(what);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingTheClientEndsItAtOnce(Blocks what) throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall)) {
      ElumentaClient elumenta = Streams.onRealTime(server).build();
      CompletableFuture<ElumentaException> failure =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      ElumentaException.class, () -> elumenta.transcribe(recording(what))));
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

      elumenta.close();

      ElumentaException ended = failure.get(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(what.isSent ? ended.getCause() : ended)
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("because the client is closed");
      assertSourceGivenBack(what);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsItAtOnceAndIsKept(Blocks what) throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall);
        ElumentaClient elumenta = Streams.onRealTime(server).build()) {
      CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                catchThrowableOfType(
                    ElumentaException.class, () -> elumenta.transcribe(recording(what)));
                isInterrupted.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThat(isInterrupted.get(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      assertSourceGivenBack(what);
    }
  }
}
