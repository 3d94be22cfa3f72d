package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.GONE;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.all;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.Service;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.Execution;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.ResponseFormatException;

/** Streams that say an error, or what cannot be read, and the POSTs that each comes to. */
class StreamErrorsTest {

  private static <E extends Throwable> E failureOf(ElumentaClient elumenta, Class<E> type) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (GenerationStream stream = elumenta.stream(prompt())) {
                stream.result();
              }
            });
    return type.cast(thrown instanceof OutcomeUnknownException open ? open.getCause() : thrown);
  }

  // What the service says

  @Test
  void anErrorEventKeepsItsWordsAndTheTextSoFar() throws Exception {
    String words = "Content policy violation: told Bearer " + Service.KEY + " twice";
    try (RawServer server =
            sending(
                START
                    + delta("Once")
                    + event("{\"type\":\"error\",\"message\":\"" + words + "\"}")
                    + delta(" more"));
        ElumentaClient elumenta = client(server).build()) {
      StreamErrorException e = failureOf(elumenta, StreamErrorException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e.id()).hasToString("Optional[18473]");
      assertThat(e.reason()).isEqualTo(FailureReason.CONTENT_POLICY);
      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e.isTransient()).isFalse();
      assertThat(e)
          .hasMessage(
              "The stream of generation 18473 from POST /generate/stream, of which 4 characters are"
                  + " kept, ended with an error (CONTENT_POLICY): Content policy violation: told"
                  + " Bearer [redacted] twice. Whether it was charged is unknown. Change the"
                  + " prompt; the same one will be refused again. [1 attempt]");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anErrorEventThatComesFirstIsNotTriedAgain() throws Exception {
    try (RawServer server =
            sending(event("{\"type\":\"error\",\"message\":\"model is overloaded\"}"));
        ElumentaClient elumenta = client(server).recovery(Recovery.RESEND).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      StreamErrorException e = catchThrowableOfType(StreamErrorException.class, () -> all(stream));

      assertThat(e.text()).isEmpty();
      assertThat(e.reason()).isEqualTo(FailureReason.MODEL_OVERLOADED);
      assertThat(e.isTransient()).isTrue();
      assertThatThrownBy(stream::result).isSameAs(e);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotDocumentedIsPassedOnAsUnknown() throws Exception {
    String odd = "{\"type\":\"usage\",\"id\":{\"n\":1},\"delta\":[1,null]}";
    try (RawServer server =
            sending(
                "event: ping\ndata: {}\n\n"
                    + START
                    + event(odd)
                    + event("{\"delta\":\"x\"}")
                    + delta("Once")
                    + event("{\"type\":\"generation_end\"}"));
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(all(stream))
          .contains(
              new StreamEvent.Unknown("ping", Map.of()),
              new StreamEvent.Unknown("", Map.of("delta", "x")))
          .filteredOn(
              each -> each instanceof StreamEvent.Unknown unknown && unknown.type().equals("usage"))
          .hasToString("[Unknown[type=usage, members={type=usage, id={n=1}, delta=[1, null]}]]");
      assertThat(stream.result().text()).isEqualTo("Once");
      assertThat(stream.result().tokensCharged()).isEqualTo(OptionalLong.empty());
    }
  }

  @Test
  void doneIsAnEndWithoutACost() throws Exception {
    try (RawServer server = sending(START + delta("Once") + "data: [DONE]\n");
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      StreamResult result = stream.result();

      assertThat(result.text()).isEqualTo("Once");
      assertThat(result.tokensCharged()).isEmpty();
      assertThat(all(stream)).isEmpty();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // What cannot be read

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"content_delta\",\"delta\":",
        "{\"type\":\"content_delta\",\"delta\":{}}",
        "{\"type\":\"content_delta\",\"delta\":\"a\"}{\"type\":\"content_delta\"}",
        "null",
        "[1]",
        "what?"
      })
  void anEventThatIsNoneBreaksTheStreamAndKeepsTheText(String data) throws Exception {
    try (RawServer server = sending(START + delta("Once") + event(data) + FIRST);
        ElumentaClient elumenta = client(server).build()) {
      StreamBrokenException e = failureOf(elumenta, StreamBrokenException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e.isTransient()).isFalse();
      assertThat(e).hasCauseInstanceOf(ResponseFormatException.class);
      assertThat(e.context().rawBody()).hasValue(data);
      assertThat(e).hasMessageContaining("broke off: the body has an event that ");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: ", ": ", "data: x\ndata:"})
  void anEventBeyondOneMebibyteBreaksTheStream(String begin) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(HEAD + START + delta("Once") + begin);
                  conn.writeBeyondBuffers();
                  conn.stall();
                });
        ElumentaClient elumenta = client(server).build()) {
      StreamBrokenException e = failureOf(elumenta, StreamBrokenException.class);

      assertThat(e.text()).isEqualTo("Once");
      assertThat(e).hasCauseInstanceOf(ResponseFormatException.class);
      assertThat(e).hasMessageContaining("an event longer than the 1048576 bytes");
      assertThat(server.awaitClientGone(GONE)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anEventThatIsUnreadableFromTheStartIsAnUnreadableAnswer() throws Exception {
    try (RawServer server = sending(event("what?"));
        ElumentaClient elumenta = client(server).build()) {
      ResponseFormatException e = failureOf(elumenta, ResponseFormatException.class);

      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e.context().rawBody()).hasValue("what?");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private static RawServer answering(String contentType, String body) throws Exception {
    return RawServer.answering(
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(contentType, body.length(), body));
  }

  @Test
  void aTextThatComesInOnePieceIsPaidForAndDelivered() throws Exception {
    try (RawServer server =
            answering(
                "application/json; charset=utf-8",
                "{\"id\":7,\"status\":\"completed\",\"result_text\":\"All\",\"tokens_spent\":3}");
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(all(stream)).hasSize(3).contains(new StreamEvent.Delta("All"));
      assertThat(stream.result().tokensCharged()).hasValue(3);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aGenerationThatFailedInOnePieceIsAnError() throws Exception {
    try (RawServer server =
            answering(
                "application/json", "{\"status\":\"failed\",\"error\":\"blocked by safety\"}");
        ElumentaClient elumenta = client(server).build()) {
      StreamErrorException e = failureOf(elumenta, StreamErrorException.class);

      assertThat(e.reason()).isEqualTo(FailureReason.CONTENT_POLICY);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json | {"id":7,"status":"pending"}
          application/json | {"id":
          text/html        | <html>Bearer nb_test_SECRETKEY0123456789abcdefghijklmnopqrst</html>
          """)
  void anAnswerThatIsNoStreamIsUnreadable(String contentType, String body) throws Exception {
    try (RawServer server = answering(contentType, body);
        ElumentaClient elumenta = client(server).build()) {
      ResponseFormatException e = failureOf(elumenta, ResponseFormatException.class);

      assertThat(e.context().rawBody().orElseThrow())
          .doesNotContain("SECRET")
          .startsWith(body.substring(0, 6));
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
