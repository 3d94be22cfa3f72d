package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.onRealTime;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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

/** What ends a published stream too early is told to its subscriber, and to nobody else. */
class PublishedStreamFailuresTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final long ALL = Long.MAX_VALUE;

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
