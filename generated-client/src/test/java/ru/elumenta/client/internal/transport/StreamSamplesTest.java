package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.LONG;
import static ru.elumenta.client.internal.transport.Streams.SECOND;
import static ru.elumenta.client.internal.transport.Streams.all;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.conversation;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.Service;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** The documented streams, whole and broken off or split at each of their bytes. */
class StreamSamplesTest {
  private static final List<StreamEvent> EVENTS =
      List.of(
          new StreamEvent.Started(Optional.of(GenerationId.of(18473)), Optional.of("gpt-5")),
          new StreamEvent.Delta("Once"),
          new StreamEvent.Finished(
              Optional.of(GenerationId.of(18473)), OptionalLong.of(3), OptionalLong.empty()));
  private static final GenerationId TEXT_ID = GenerationId.of("gen_01j9x2abc123");

  // What came, as it came

  @Test
  void theBodyIsKeptAsItCame() throws Exception {
    try (RawServer server = sending(SECOND);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      StreamResult result = stream.result();

      assertThat(result.receivedBody().orElseThrow())
          .isEqualTo(SECOND); // [DONE] came in the same piece
      assertThat(result.toString()).doesNotContain("data:");
    }
  }

  @Test
  void aKeyThatIsEchoedIsTakenOutOfIt() throws Exception {
    String echo = ": your key is " + Service.KEY + "\n\n" + FIRST;
    try (RawServer server = sending(echo);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().receivedBody().orElseThrow())
          .contains("generation_end")
          .doesNotContain(Service.KEY);
    }
  }

  @Test
  void ofALongBodyAMebibyteIsKept() throws Exception {
    String longEvent =
        Streams.event("{\"type\":\"content_delta\",\"delta\":\"" + "a".repeat(9_000) + "\"}");
    try (RawServer server = sending(Streams.START + longEvent.repeat(300) + FIRST);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      StreamResult result = stream.result();
      assertThat(result.text()).hasSize(9_000 * 300 + 4);
      assertThat(result.receivedBody().orElseThrow()).hasSize(1 << 20).startsWith(Streams.START);
    }
  }

  @Test
  void nothingOfItIsKeptByAStreamThatKeepsNoText() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta =
            client(server).streaming(StreamOptions.defaults().withoutText()).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().receivedBody()).isEmpty();
    }
  }

  @Test
  void aStreamThatBreaksOffShowsWhatCame() throws Exception {
    String half = FIRST.substring(0, FIRST.indexOf("generation_end"));
    try (RawServer server = sending(half);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      ElumentaException broken = (ElumentaException) catchThrowable(stream::result);

      assertThat(stream.receivedBody()).contains(half);
      assertThat(broken.context().rawBody()).isEmpty(); // which gets into logs more easily
    }
  }

  @Test
  void membersThatNoPageNamesComeWithTheirEvent() throws Exception {
    String stream =
        Streams.event("{\"type\":\"generation_start\",\"id\":1,\"region\":\"eu\"}")
            + Streams.event("{\"type\":\"content_delta\",\"delta\":\"A\",\"logprob\":-0.5}")
            + Streams.event("{\"type\":\"generation_end\",\"id\":1,\"reason\":null}");
    try (RawServer server = sending(stream);
        ElumentaClient elumenta = client(server).build();
        GenerationStream events = elumenta.stream(prompt())) {
      List<StreamEvent> all = all(events);

      assertThat(((StreamEvent.Started) all.get(0)).additionalProperties())
          .isEqualTo(Map.of("region", "eu"));
      assertThat(all.get(1)).isEqualTo(new StreamEvent.Delta("A", Map.of("logprob", -0.5)));
      assertThat(((StreamEvent.Finished) all.get(2)).additionalProperties())
          .containsExactly(entry("reason", null));
    }
  }

  // Both dialects

  @Test
  void theFirstDialectIsStreamed() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(all(stream)).isEqualTo(EVENTS);
      assertThat(stream.text()).isEqualTo("Once");
      assertThat(stream.result())
          .isEqualTo(
              new StreamResult(
                  Optional.of(GenerationId.of(18473)),
                  Optional.of("gpt-5"),
                  "Once",
                  OptionalLong.of(3),
                  OptionalLong.empty()));
      assertThat(elumenta.tokensCharged()).isEqualTo(3);

      RawServer.Received request = server.received().get(0);
      assertThat(request.line()).startsWith("POST /generate/stream ");
      assertThat(request.values("Accept")).containsExactly("text/event-stream");
      assertThat(request.values("Content-Type")).containsExactly("application/json");
      assertThat(request.values("Authorization")).hasSize(1);
      assertThat(request.text()).isEqualTo("{\"model\":\"gpt-5\",\"prompt\":\"Tell me a story\"}");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void theSecondDialectIsStreamed() throws Exception {
    try (RawServer server = sending(SECOND);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(conversation())) {
      assertThat(all(stream))
          .containsExactly(
              new StreamEvent.Started(Optional.of(TEXT_ID), Optional.of("gpt-5")),
              new StreamEvent.Delta("Once"),
              new StreamEvent.Finished(
                  Optional.of(TEXT_ID), OptionalLong.of(3), OptionalLong.of(280)));
      assertThat(stream.result().balanceRemaining()).hasValue(280);
      assertThat(elumenta.tokensCharged()).isEqualTo(3);

      RawServer.Received request = server.received().get(0);
      assertThat(request.line()).startsWith("POST /generate ");
      assertThat(request.values("Accept")).containsExactly("text/event-stream");
      assertThat(request.text()).contains("\"stream\":true").contains("\"messages\":");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "prompt, /generate/stream, false",
    "params, /generate/stream, false",
    "streamOff, /generate/stream, false",
    "messages, /generate, true",
    "system, /generate, true",
    "assistant, /generate, true",
    "streamOn, /generate, true"
  })
  void theMembersOfARequestSayWhereItGoes(String members, String path, boolean isSet)
      throws Exception {
    GenerationRequest request =
        switch (members) {
          case "params" -> prompt().putParamsItem("system_prompt", "Be brief");
          case "streamOff" -> prompt().stream(false);
          case "messages" -> conversation();
          case "system" -> prompt().system("Be brief");
          case "assistant" -> prompt().assistantId("asst_01j9x2abc123");
          case "streamOn" -> prompt().stream(true);
          default -> prompt();
        };
    Boolean streamBefore = request.getStream();
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(request)) {
      assertThat(stream.result().text()).isEqualTo("Once");
      assertThat(server.received().get(0).line()).startsWith("POST " + path + " ");
      assertThat(server.received().get(0).text().contains("\"stream\":true")).isEqualTo(isSet);
      assertThat(server.received().get(0).text()).doesNotContain("\"stream\":false");
      assertThat(request.getStream()).isEqualTo(streamBefore);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aStreamIsGivenEventByEventWithoutWaiting() throws Exception {
    try (RawServer server = sending(FIRST);
        ElumentaClient elumenta = client(server).build()) {
      List<StreamEvent> events = new CopyOnWriteArrayList<>();

      StreamResult result =
          elumenta.streamAsync(prompt(), events::add).get(LONG.toSeconds(), TimeUnit.SECONDS);

      assertThat(events).isEqualTo(EVENTS);
      assertThat(result.text()).isEqualTo("Once");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Cut

  /** How the end of a body is known. */
  enum Framing {
    CLOSE(""),
    LENGTH("Content-Length: %d\r\n"),
    CHUNKS("Transfer-Encoding: chunked\r\n");

    private final String header;

    Framing(String header) {
      this.header = header;
    }

    byte[] head(int length) {
      String head = "HTTP/1.1 200 OK\r\n" + header.formatted(length) + "\r\n";
      return bytes(this == CHUNKS ? head + Integer.toHexString(length) + "\r\n" : head);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void cutAtAnyByteItKeepsTheTextThatHadArrived(Framing framing) throws Exception {
    cutEverywhere(FIRST, framing, prompt());
    cutEverywhere(SECOND, framing, conversation());
  }

  private static void cutEverywhere(String sample, Framing framing, GenerationRequest request)
      throws Exception {
    byte[] body = bytes(sample);
    AtomicInteger cut = new AtomicInteger();
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(framing.head(body.length));
                  conn.write(Arrays.copyOf(body, cut.get()));
                  conn.close();
                });
        ElumentaClient elumenta = client(server).build()) {
      for (int length = 0; length < body.length; length++) {
        cut.set(length);
        Throwable thrown = catchThrowable(() -> read(elumenta, request));
        assertCut(thrown, arrived(sample, length, framing == Framing.CLOSE), length);
        assertThat(server.requests()).as("POSTs, cut at %d", length).isEqualTo(length + 1);
      }
    }
  }

  private static String read(ElumentaClient elumenta, GenerationRequest request) {
    try (GenerationStream stream = elumenta.stream(request)) {
      return stream.result().text();
    }
  }

  /**
   * How many events had arrived: those with their empty line and, if the body seemed to end in good
   * order, one whose JSON is whole.
   */
  private static int arrived(String sample, int length, boolean isLastTaken) {
    String sent = sample.substring(0, length);
    int whole = sent.split("\n\n", -1).length - 1;
    String rest = sent.substring(sent.lastIndexOf("\n\n") < 0 ? 0 : sent.lastIndexOf("\n\n") + 2);
    return whole + (isLastTaken && rest.strip().endsWith("}") ? 1 : 0);
  }

  private static void assertCut(Throwable thrown, int events, int length) {
    if (events >= 3) {
      assertThat(thrown).as("cut at %d", length).isNull();
      return;
    }
    assertThat(thrown)
        .as("cut at %d", length)
        .isInstanceOf(events == 0 ? OutcomeUnknownException.class : StreamBrokenException.class);
    assertThat(((ElumentaException) thrown).execution()).isEqualTo(Execution.UNKNOWN);
    if (thrown instanceof StreamBrokenException broken) {
      assertThat(broken.text()).as("cut at %d", length).isEqualTo(events == 2 ? "Once" : "");
      assertThat(broken.id()).isPresent();
    }
  }

  // Split

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void splitAtAnyByteItIsTheSame(String lineEnd) throws Exception {
    String sample =
        "\uFEFF: Grüße\n"
            + FIRST
                .replace("Once", "Однажды 🌊")
                .replace(
                    "data: {\"type\": \"content",
                    "id: 7\nretry\ndata:{\ndata: \"type\": \"content");
    byte[] body = bytes(sample.replace("\n", lineEnd));
    AtomicInteger split = new AtomicInteger();
    try (RawServer server =
            RawServer.script(
                conn -> {
                  while (true) {
                    conn.readRequest();
                    chunk(conn, bytes(Framing.CHUNKS.header), body, split.get());
                  }
                });
        ElumentaClient elumenta = client(server).build()) {
      for (int at = 1; at < body.length; at++) {
        split.set(at);
        try (GenerationStream stream = elumenta.stream(prompt())) {
          List<StreamEvent> events = all(stream);
          assertThat(events)
              .as("split at %d", at)
              .hasSize(3)
              .contains(EVENTS.get(0), EVENTS.get(2));
          assertThat(stream.text()).as("split at %d", at).isEqualTo("Однажды 🌊");
        }
        assertThat(server.requests()).isEqualTo(at);
      }
    }
  }

  /** Sends a body in two chunks, the second after the first has certainly been sent by itself. */
  private static void chunk(RawServer.Connection conn, byte[] header, byte[] body, int split)
      throws IOException, InterruptedException {
    conn.write("HTTP/1.1 200 OK\r\n");
    conn.write(header);
    conn.write("\r\n" + Integer.toHexString(split) + "\r\n");
    conn.write(Arrays.copyOf(body, split));
    conn.pause(Duration.ofMillis(1));
    conn.write("\r\n" + Integer.toHexString(body.length - split) + "\r\n");
    conn.write(Arrays.copyOfRange(body, split, body.length));
    conn.write("\r\n0\r\n\r\n");
  }
}
