package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.SECOND;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.conversation;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.options.StreamOptions;

/** A stream that is published: no more is sent, read or held than its subscriber asks for. */
class PublishedStreamTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final long ALL = Long.MAX_VALUE;

  // What is asked for

  @Test
  void nothingIsSentBeforeSomethingIsAskedFor() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), 0);
      heard.cancels();
      heard.asksFor(1);

      assertThat(heard.next(SHORT)).isNull();
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachEventComesAndThenTheEnd(boolean isConversation) throws Exception {
    try (RawServer server = sending(isConversation ? SECOND : FIRST);
        ElumentaClient elumenta = client(server).build()) {
      Heard heard =
          Heard.from(elumenta.streamPublisher(isConversation ? conversation() : prompt()), 3);

      assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      assertThat(heard.next()).isEqualTo(new StreamEvent.Delta("Once"));
      assertThat(heard.next())
          .isInstanceOfSatisfying(
              StreamEvent.Finished.class, end -> assertThat(end.tokensCharged()).hasValue(3));
      assertThat(heard.next()).isEqualTo(Heard.END);
      assertThat(heard.wasDisturbed()).isFalse();
      assertThat(elumenta.tokensCharged()).isEqualTo(3);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aServiceThatSendsMoreThanIsAskedForIsHeldBack() throws Exception {
    AtomicLong written = new AtomicLong();
    String piece = delta("x".repeat(64 << 10));
    int pieces = 1_000; // 64 MB, far more than the buffers of a connection
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + START);
                  for (int i = 0; i < pieces; i++) {
                    conn.write(piece);
                    written.addAndGet(piece.length());
                  }
                  conn.write(event("{\"type\":\"generation_end\",\"id\":18473}"));
                  conn.close();
                });
        ElumentaClient elumenta =
            client(server).streaming(StreamOptions.defaults().withoutText()).build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), 2);
      assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      assertThat(heard.next()).isInstanceOf(StreamEvent.Delta.class);

      assertThat(heard.next(SHORT)).isNull();
      assertThat(written.get()).isLessThan(32L << 20);
      heard.asksFor(ALL);
      for (int i = 1; i < pieces; i++) {
        assertThat(heard.next()).isInstanceOf(StreamEvent.Delta.class);
      }
      assertThat(heard.next()).isInstanceOf(StreamEvent.Finished.class);
      assertThat(heard.next()).isEqualTo(Heard.END);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whileNothingIsAskedForThereIsNoThread() throws Exception {
    AtomicInteger running = new AtomicInteger();
    try (RawServer server = RawServer.script(falling(START + delta("Once") + delta(" upon")));
        ElumentaClient elumenta = client(server).executor(task -> counted(running, task)).build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), 0);
      for (int i = 0; i < 3; i++) {
        awaitNone(running);
        heard.asksFor(1);
        assertThat(heard.next()).isInstanceOf(StreamEvent.class);
      }
      awaitNone(running);

      heard.asksFor(1); // of which nothing comes
      assertThat(heard.next(SHORT)).isNull();
      assertThat(running).hasValue(1);
      heard.cancels();
      awaitNone(running);
      assertThat(server.awaitClientGone(LONG)).isTrue();
    }
  }

  private static void counted(AtomicInteger running, Runnable task) {
    running.incrementAndGet();
    new Thread(
            () -> {
              task.run();
              running.decrementAndGet();
            })
        .start();
  }

  private static void awaitNone(AtomicInteger running) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (running.get() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(running).hasValue(0);
  }

  // Who pays

  @Test
  void aSecondSubscriberIsRefusedAndNothingIsPaidTwice() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build()) {
      Flow.Publisher<StreamEvent> publisher = elumenta.streamPublisher(prompt());
      Heard first = Heard.from(publisher, ALL);
      Heard second = Heard.from(publisher, ALL);

      assertThat(second.next())
          .isInstanceOfSatisfying(
              IllegalStateException.class,
              e ->
                  assertThat(e)
                      .hasMessage(
                          "This publisher had its one subscriber already, because each stream is"
                              + " paid for. Nothing was sent. Call streamPublisher again for"
                              + " another stream."));
      while (!Heard.END.equals(first.next())) {
        // The first reads on.
      }
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void itsRequestIsThatOfTheCallWhateverBecomesOfItLater() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build()) {
      var request = prompt();
      Flow.Publisher<StreamEvent> publisher = elumenta.streamPublisher(request);
      request.setPrompt("Something else");
      Heard.from(publisher, ALL).next();

      assertThat(server.received().get(0).text()).contains("Tell me a story");
    }
  }
}
