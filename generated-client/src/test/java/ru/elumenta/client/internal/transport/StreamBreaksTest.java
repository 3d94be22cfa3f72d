package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.GONE;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.falling;
import static ru.elumenta.client.internal.transport.Streams.onRealTime;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.Service;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/** Streams that do not come, or not to their end, and the POSTs that each comes to. */
class StreamBreaksTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private static <E extends Throwable> E failureOf(ElumentaCalls elumenta, Class<E> type) {
    return catchThrowableOfType(
        type,
        () -> {
          try (GenerationStream stream = elumenta.stream(prompt())) {
            stream.result();
          }
        });
  }

  // What does not come

  @Test
  void aBodyThatEndsWithoutItsEndEventIsBroken() throws Exception {
    try (RawServer server = sending(START + delta("Once"));
        ElumentaClient elumenta = client(server).recovery(Recovery.RESEND).build()) {
      StreamBrokenException e = failureOf(elumenta, StreamBrokenException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e.isTransient()).isTrue();
      assertThat(e).hasCauseInstanceOf(TransportException.class);
      assertThat(e).hasMessageContaining("broke off: it ended before its end event.");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aResetConnectionIsBroken() throws Exception {
    CountDownLatch isRead = new CountDownLatch(1);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + START);
                  isRead.await();
                  conn.reset();
                });
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      isRead.countDown();
      StreamBrokenException e = catchThrowableOfType(StreamBrokenException.class, stream::result);

      assertThat(e.text()).isEmpty();
      assertThat(e).hasCauseInstanceOf(TransportException.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void silenceIsNotWaitedForLongerThanAllowed(boolean isSet) throws Exception {
    try (RawServer server = RawServer.script(falling(START + delta("Once")));
        ElumentaClient elumenta =
            (isSet
                    ? client(server).streaming(StreamOptions.defaults().withIdle(SHORT))
                    : client(server).attemptTimeout(SHORT))
                .build()) {
      long start = System.nanoTime();
      StreamBrokenException e = failureOf(elumenta, StreamBrokenException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Streams.LONG);
      assertThat(e.text()).isEqualTo("Once");
      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(((CallTimeoutException) e.getCause()).limit()).isEqualTo(SHORT);
      assertThat(e).hasMessageContaining("broke off: nothing came for 200 ms.");
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aDripOfCommentsIsNoSilence() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + START);
                  conn.drip(": still here\n", SHORT.dividedBy(8));
                  conn.write(delta("Once") + event("{\"type\":\"generation_end\"}"));
                });
        ElumentaClient elumenta =
            client(server).streaming(StreamOptions.defaults().withIdle(SHORT)).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text()).isEqualTo("Once");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  /** What bounds the whole. */
  enum Bound {
    OPTIONS,
    WITHIN
  }

  @ParameterizedTest
  @EnumSource(Bound.class)
  void aDripWithoutEndEndsAtTheLimitOfTheWhole(Bound bound) throws Exception {
    Duration limit = Duration.ofMillis(700);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + START + delta("Once"));
                  while (true) {
                    conn.drip(": still here\n", Duration.ofMillis(20));
                  }
                });
        ElumentaClient elumenta =
            onRealTime(server)
                .streaming(
                    bound == Bound.OPTIONS
                        ? StreamOptions.defaults().withLimit(limit)
                        : StreamOptions.defaults())
                .build()) {
      StreamBrokenException e =
          failureOf(
              bound == Bound.OPTIONS ? elumenta : elumenta.within(limit),
              StreamBrokenException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(((CallTimeoutException) e.getCause()).limit()).isEqualTo(limit);
      assertThat(e).hasMessageContaining("broke off: it had not ended after 700 ms.");
      assertThat(e.context().elapsed()).isBetween(limit, Streams.LONG);
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Before the first event

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | {"error":"rate_limit_exceeded","message":"m","retry_after":1}
          500 | {"error":"provider_error","message":"m","provider":"openai"}
          503 | {"error":"model_unavailable","message":"m"}
          """)
  void whatCostNothingIsTriedAgain(int status, String body) throws Exception {
    String refusal =
        "HTTP/1.1 %d No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(refusal);
                  conn.readRequest();
                  conn.write(HEAD + START + delta("Once"));
                  conn.close();
                });
        ElumentaClient elumenta = client(server).build()) {
      StreamBrokenException e = failureOf(elumenta, StreamBrokenException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e.context().attempts()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(2); // and never after the first event
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgainAndCostsNothing() throws Exception {
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .baseUrl("http://127.0.0.1:" + RawServer.freePort())
            .timeSource(new FakeTime())
            .build()) {
      TransportException e = failureOf(elumenta, TransportException.class);

      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(e.context().attempts()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, BadRequest", "402, InsufficientTokens", "422, Validation", "404, NotFound"})
  void aRefusalIsTheUsualException(int status, String name) throws Exception {
    try (RawServer server =
            RawServer.answering("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
        ElumentaClient elumenta = client(server).build()) {
      ElumentaException e = failureOf(elumenta, ElumentaException.class);

      assertThat(e.getClass().getSimpleName()).isEqualTo(name + "Exception");
      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(e.context().path()).isEqualTo("/generate/stream");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Recovery.class)
  void whatMayHaveRunIsNeitherSentAgainNorLookedUp(Recovery recovery) throws Exception {
    for (String answer :
        new String[] {
          "HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", HEAD, HEAD + ": nothing yet\n\n", ""
        }) {
      try (RawServer server =
              RawServer.script(
                  conn -> {
                    conn.readRequest();
                    conn.write(answer);
                    conn.close();
                  });
          ElumentaClient elumenta = client(server).recovery(recovery).build()) {
        OutcomeUnknownException e = failureOf(elumenta, OutcomeUnknownException.class);

        assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
        assertThat(server.requests()).as("requests after '%s'", answer).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEAD, HEAD + ": nothing yet\n\n"})
  void theAttemptTimeOutBoundsTheWaitForTheFirstEvent(String answer) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(answer);
                  conn.stall();
                });
        ElumentaClient elumenta = onRealTime(server).attemptTimeout(SHORT).build()) {
      OutcomeUnknownException e = failureOf(elumenta, OutcomeUnknownException.class);

      assertThat(((CallTimeoutException) e.getCause()).limit()).isEqualTo(SHORT);
      assertThat(e.context().elapsed()).isLessThan(Streams.LONG);
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aDripOfCommentsDoesNotProlongTheWaitForTheFirstEvent() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD);
                  while (true) {
                    conn.drip(": wait\n", Duration.ofMillis(10));
                  }
                });
        ElumentaClient elumenta = onRealTime(server).callTimeout(Duration.ofSeconds(1)).build()) {
      OutcomeUnknownException e = failureOf(elumenta, OutcomeUnknownException.class);

      assertThat(e).hasCauseInstanceOf(CallTimeoutException.class);
      assertThat(e.context().elapsed()).isLessThan(Streams.LONG);
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
