package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.util.List;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.ToldEvents;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;

/** What a listener is told of a stream, once for each, however it ends. */
class ToldStreamsTest {
  private static final String[] OF_STREAMS = {
    "streamStarted", "streamOpened", "streamEnded", "generationEnded", "charged"
  };

  private final ToldEvents told = new ToldEvents();

  private ElumentaClient client(RawServer server) {
    return Streams.client(server).retry(RetryOptions.none()).listener(told.listener()).build();
  }

  @Test
  void oneThatIsReadToItsEnd() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server);
        GenerationStream stream = elumenta.stream(prompt())) {
      stream.result();
    }
    assertThat(told.lines())
        .isEqualTo(
            List.of(
                "streamStarted /generate/stream gpt-5",
                "callStarted streamGeneration",
                "attemptStarted streamGeneration 1",
                "attemptEnded streamGeneration 1 200",
                "callEnded streamGeneration SUCCESS 1x",
                "streamOpened /generate/stream gpt-5",
                "generationEnded 18473 gpt-5",
                "charged 18473 gpt-5 3",
                "streamEnded /generate/stream gpt-5 COMPLETED 3x"));
  }

  @Test
  void oneThatIsClosedEarly() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server)) {
      GenerationStream stream = elumenta.stream(prompt());
      stream.iterator().next();
      stream.close();
      stream.close();
    }
    assertThat(told.of(OF_STREAMS))
        .endsWith("streamEnded /generate/stream gpt-5 CANCELLED 1x")
        .hasSize(3);
  }

  @Test
  void oneThatBreaksOff() throws Exception {
    try (RawServer server = sending(START);
        ElumentaClient elumenta = client(server);
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThatThrownBy(stream::result).isInstanceOf(StreamBrokenException.class);
      assertThatThrownBy(stream::result).isInstanceOf(StreamBrokenException.class);
    }
    assertThat(told.of(OF_STREAMS))
        .endsWith("streamEnded /generate/stream gpt-5 BROKEN 1x StreamBrokenException")
        .hasSize(3);
  }

  @Test
  void oneThatSaysThatTheGenerationFailed() throws Exception {
    String failed = event("{\"type\":\"error\",\"error\":\"Content policy violation\"}");
    try (RawServer server = sending(START + failed);
        ElumentaClient elumenta = client(server);
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThatThrownBy(stream::result).isInstanceOf(StreamErrorException.class);
    }
    assertThat(told.of(OF_STREAMS))
        .endsWith(
            "generationEnded 18473 gpt-5 CONTENT_POLICY",
            "streamEnded /generate/stream gpt-5 GENERATION_FAILED 1x StreamErrorException");
  }

  @Test
  void oneOfWhichNothingComes() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write("HTTP/1.1 402 No\r\nContent-Length: 2\r\n\r\n{}");
                  conn.close();
                });
        ElumentaClient elumenta = client(server)) {
      assertThatThrownBy(() -> elumenta.stream(prompt())).isInstanceOf(ElumentaException.class);
    }
    assertThat(told.of(OF_STREAMS))
        .satisfiesExactly(
            start -> assertThat(start).isEqualTo("streamStarted /generate/stream gpt-5"),
            end -> assertThat(end).startsWith("streamEnded /generate/stream gpt-5 NOT_OPENED 0x"));
  }
}
