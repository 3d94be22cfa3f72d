package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.GONE;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.prompt;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Whoever ends a stream early ends it at once: the server sees it, and is asked for no more. */
class StreamClosingTest {
  /** A server that never stops sending, whether it is read or not. */
  private static RawServer endless() throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(HEAD + START);
          while (true) {
            conn.write(delta("more "));
          }
        });
  }

  /** Who ends a stream that is being read. */
  enum End {
    STREAM("because the stream is closed"),
    CLIENT("because the client is closed"),
    INTERRUPT("while a stream was read");

    private final String phase;

    End(String phase) {
      this.phase = phase;
    }
  }

  @Test
  void closingEarlyFreesTheConnectionAtOnce() throws Exception {
    try (RawServer server = RawServer.script(falling(START + delta("Once")));
        ElumentaClient elumenta = client(server).build()) {
      try (GenerationStream stream = elumenta.stream(prompt())) {
        Iterator<StreamEvent> events = stream.iterator();
        assertThat(events.next()).isInstanceOf(StreamEvent.Started.class);
        assertThat(events.next()).isEqualTo(new StreamEvent.Delta("Once"));
      }
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void closingWhileTheServerIsHeldBackFreesTheConnectionToo() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build()) {
      elumenta.stream(prompt()).close();

      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aClosedStreamIsNotReadOn() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build()) {
      GenerationStream stream = elumenta.stream(prompt());
      stream.iterator().next();
      stream.close();
      stream.close();

      assertThatThrownBy(stream::result)
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("because the stream is closed");
      assertThatThrownBy(() -> stream.iterator().hasNext())
          .isInstanceOf(CallInterruptedException.class);
      assertThat(stream.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aReaderThatWaitsIsToldAtOnce(End end) throws Exception {
    try (RawServer server = RawServer.script(falling(START + delta("Once")));
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      AtomicReference<ElumentaException> failure = new AtomicReference<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                failure.set(catchThrowableOfType(ElumentaException.class, stream::result));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      reader.start();
      awaitWaiting(reader);

      switch (end) {
        case STREAM -> closeEarly(stream);
        case CLIENT -> closeEarly(elumenta);
        case INTERRUPT -> reader.interrupt();
      }

      assertThat(flag.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(end == End.INTERRUPT);
      assertThat(failure.get())
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining(end.phase);
      assertThat(failure.get().execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(stream.text()).isEqualTo("Once");
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private static void closeEarly(AutoCloseable open) throws Exception {
    open.close();
  }

  private static void awaitWaiting(Thread thread) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!Exchange.isBlocked(thread) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anInterruptIsSeenWithoutWaiting() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      stream.iterator().next();
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(stream::result).isInstanceOf(CallInterruptedException.class);
      } finally {
        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
      }
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellingTheFutureEndsTheStream(boolean isSilent) throws Exception {
    try (RawServer server =
            isSilent ? RawServer.script(falling(START + delta("Once"))) : endless();
        ElumentaClient elumenta = client(server).build()) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<StreamResult> future =
          elumenta.streamAsync(prompt(), event -> begun.countDown());
      assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

      future.cancel(true);

      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whatAReaderThrowsEndsTheStream() throws Exception {
    try (RawServer server = endless();
        ElumentaClient elumenta = client(server).build()) {
      IllegalStateException own = new IllegalStateException("the disk is full");
      CompletableFuture<StreamResult> future =
          elumenta.streamAsync(
              prompt(),
              event -> {
                throw own;
              });

      assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(own);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aClosedClientStreamsNothing() throws Exception {
    try (RawServer server = endless()) {
      ElumentaClient elumenta = client(server).build();
      elumenta.close();

      assertThatThrownBy(() -> elumenta.stream(prompt()))
          .isInstanceOf(CallInterruptedException.class);
      assertThat(server.requests()).isZero();
    }
  }

  // What follows the end

  @Test
  void aStreamThatWasReadToItsEndLeavesItsConnectionToTheNext() throws Exception {
    String body = FIRST;
    AtomicInteger read = new AtomicInteger();
    try (RawServer server =
            RawServer.script(
                conn -> {
                  while (true) {
                    conn.readRequest();
                    conn.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                    read.incrementAndGet();
                  }
                });
        ElumentaClient elumenta = client(server).build()) {
      for (int i = 0; i < 20; i++) {
        try (GenerationStream stream = elumenta.stream(prompt())) {
          assertThat(stream.result().text()).isEqualTo("Once");
        }
      }
      assertThat(server.requests()).isEqualTo(20);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatDoesNotStopAfterTheEndIsLeft(boolean isSilent) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + FIRST);
                  while (!isSilent) {
                    conn.write(delta("more "));
                  }
                  conn.stall();
                });
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text()).isEqualTo("Once");
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(stream.text()).isEqualTo("Once");
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
