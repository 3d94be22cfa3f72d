package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import static ru.elumenta.client.internal.transport.Streams.onRealTime;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.Service;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.error.StreamException;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.InsufficientTokensException;

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

  // Failures

  @Test
  void whatIsRefusedIsTheExceptionOfAnyCall() throws Exception {
    String body = "{\"error\":\"insufficient_tokens\",\"required\":9,\"available\":2}";
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 402 No\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
        ElumentaClient elumenta = client(server).build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), ALL);

      assertThat(heard.next()).isInstanceOf(InsufficientTokensException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aStreamThatFailsKeepsItsText() throws Exception {
    String said = event("{\"type\":\"error\",\"message\":\"Model is overloaded\"}");
    try (RawServer server = sending(START + delta("Once") + said);
        RawServer breaking = sending(START + delta("Once"));
        ElumentaClient elumenta = client(server).build();
        ElumentaClient broken = client(breaking).build()) {
      assertThat(failure(Heard.from(elumenta.streamPublisher(prompt()), ALL)))
          .isInstanceOf(StreamErrorException.class);
      assertThat(failure(Heard.from(broken.streamPublisher(prompt()), ALL)))
          .isInstanceOf(StreamBrokenException.class);
    }
  }

  /** Two events, and the text of both. */
  private static Throwable failure(Heard heard) throws InterruptedException {
    assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
    assertThat(heard.next()).isEqualTo(new StreamEvent.Delta("Once"));
    StreamException failure = (StreamException) heard.next();
    assertThat(failure.text()).isEqualTo("Once");
    return failure;
  }

  @Test
  void silenceFailsOnlyWhileSomethingIsAskedFor() throws Exception {
    try (RawServer server = RawServer.script(falling(START + delta("Once")));
        ElumentaClient elumenta =
            onRealTime(server)
                .streaming(StreamOptions.defaults().withIdle(Duration.ofMillis(100)))
                .build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), 1);
      assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      assertThat(heard.next(SHORT)).isNull();

      heard.asksFor(2);
      assertThat(heard.next()).isEqualTo(new StreamEvent.Delta("Once"));
      assertThat(heard.next())
          .isInstanceOfSatisfying(
              StreamBrokenException.class,
              e -> assertThat(e).hasCauseInstanceOf(CallTimeoutException.class));
      assertThat(server.awaitClientGone(LONG)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, ALL})
  void theLimitOfTheWholeHoldsWhetherItIsReadOrNot(long asked) throws Exception {
    try (RawServer server = RawServer.script(falling(START));
        ElumentaClient elumenta =
            onRealTime(server).streaming(StreamOptions.defaults().withLimit(SHORT)).build()) {
      Heard heard = Heard.from(elumenta.streamPublisher(prompt()), asked);

      assertThat(heard.next()).isInstanceOf(StreamEvent.Started.class);
      assertThat(heard.next())
          .isInstanceOfSatisfying(
              StreamBrokenException.class,
              e -> assertThat(e).hasMessageContaining("it had not ended after 300 ms"));
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anExecutorThatRefusesIsAFailureOfItsOwn() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    try (RawServer server = RawServer.script(falling(START));
        ElumentaClient elumenta =
            client(server)
                .executor(
                    task -> {
                      if (tasks.getAndIncrement() > 0) {
                        throw new RejectedExecutionException("full");
                      }
                      new Thread(task).start();
                    })
                .build()) {
      Heard opened = Heard.from(elumenta.streamPublisher(prompt()), ALL);
      assertThat(opened.next()).isInstanceOf(RejectedExecutionException.class);
      assertThat(server.awaitClientGone(LONG)).isTrue();

      Heard unopened = Heard.from(elumenta.streamPublisher(prompt()), ALL);
      assertThat(unopened.next()).isInstanceOf(RejectedExecutionException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aTransportThatCannotStreamIsToldOfToTheSubscriber() throws Exception {
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(
                (request, options) -> {
                  throw new AssertionError("something was sent");
                })
            .build()) {
      assertThat(Heard.from(elumenta.streamPublisher(prompt()), 1).next())
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> elumenta.streamPublisher(null))
          .hasMessage("request must not be null.");
    }
  }
}
