package ru.elumenta.client.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static ru.elumenta.client.internal.transport.Streams.conversation;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.Execution;

/**
 * How a stream ends: dialect × what says that it failed × what follows. The table stands in
 * docs/streaming.md and is compared with what the client does.
 */
class StreamEndingsTest {
  private static final String WORDS = "the model gave up";

  enum Dialect {
    FIRST("18473", "{\"type\":\"generation_end\",\"id\":18473,\"tokens_spent\":3}"),
    SECOND(
        "\"gen_01\"",
        "{\"type\":\"generation_end\",\"id\":\"gen_01\",\"tokens_used\":3,\"balance_remaining\":9}");

    private final String id;
    private final String end;

    Dialect(String id, String end) {
      this.id = id;
      this.end = end;
    }

    GenerationRequest request() {
      return this == FIRST ? prompt() : conversation();
    }

    String begin() {
      return event("{\"type\":\"generation_start\",\"id\":" + id + ",\"model\":\"gpt-5\"}");
    }
  }

  /** What is sent after the first piece of the text, in the order of the table. */
  enum Ending {
    END_AND_DONE("`generation_end`, `[DONE]`", "END" + "data: [DONE]\n\n"),
    END("`generation_end`, then the end of the body", "END"),
    DONE("`[DONE]`, without `generation_end`", "data: [DONE]\n\n"),
    BODY("the end of the body alone", "");

    private final String name;
    private final String text;

    Ending(String name, String text) {
      this.name = name;
      this.text = text;
    }

    String in(Dialect dialect) {
      return text.replace("END", event(dialect.end));
    }
  }

  /** Nothing, what does no harm, and what says that it failed, with its name in the table. */
  private static Map<String, String> shapes() {
    Map<String, String> shapes = new LinkedHashMap<>();
    shapes.put("nothing else", "");
    shapes.put("comments, empty and unknown events", harmless());
    failures().forEach((shape, text) -> shapes.put("`" + shape + "`", text));
    return shapes;
  }

  private static String harmless() {
    return ": keep-alive\n\n"
        + "data:\n\n"
        + "data: \n\n"
        + "event: ping\n\n"
        + "event: ping\ndata: now\n\n"
        + "event: ping\ndata: {}\n\n"
        + "id: 7\nretry: 100\n\n"
        + "data: {\"type\":\"usage\",\"error\":null,\"status\":\"running\",\"code\":200}\n\n"
        + "data: {\"type\":\"progress\",\"message\":\"no error so far\",\"detail\":\"step 2\"}\n\n"
        + "data: {\"type\":\"warning\",\"success\":true,\"ok\":true,\"finish_reason\":null}\n\n"
        + "data: {\"type\":\"content_delta\",\"delta\":\"\",\"finish_reason\":\"stop\"}\n\n";
  }

  private static Map<String, String> failures() {
    Map<String, String> shapes = new LinkedHashMap<>();
    for (String data :
        List.of(
            "{\"type\":\"error\",\"message\":\"W\"}",
            "{\"error\":\"provider_error\",\"message\":\"W\",\"details\":{}}",
            "{\"error\":\"W\"}",
            "{\"error\":{\"message\":\"W\",\"type\":\"server_error\",\"code\":\"overloaded\"}}",
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"W\"}}",
            "{\"type\":\"content_delta\",\"delta\":\"\",\"error\":{\"message\":\"W\"}}",
            "{\"errors\":[{\"message\":\"W\"}]}",
            "{\"detail\":\"W\"}",
            "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"W\"}]}",
            "{\"success\":false,\"message\":\"W\"}",
            "{\"ok\":false,\"message\":\"W\"}",
            "{\"status\":\"failed\",\"error\":\"W\"}",
            "{\"id\":7,\"status\":\"FAILED\",\"message\":\"W\"}",
            "{\"status\":\"error\",\"message\":\"W\"}",
            "{\"status\":503,\"message\":\"W\"}",
            "{\"code\":500,\"message\":\"W\"}",
            "{\"type\":\"generation_error\",\"message\":\"W\"}",
            "{\"type\":\"generation_failed\",\"reason\":\"W\"}",
            "{\"type\":\"response.failed\",\"message\":\"W\"}",
            "{\"type\":\"generation_end\",\"status\":\"failed\",\"error\":\"W\"}",
            "{\"type\":\"content_delta\",\"delta\":\"\",\"finish_reason\":\"error\",\"message\":\"W\"}",
            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"message\":\"W\"}")) {
      shapes.put("data: " + data, event(data.replace("W", WORDS)));
    }
    shapes.put("event: error, data: {\"message\":\"W\"}", named("{\"message\":\"" + WORDS + "\"}"));
    shapes.put("event: error, data: W", named(WORDS));
    return shapes;
  }

  private static String named(String data) {
    return "event: error\ndata: " + data + "\n\n";
  }

  record Row(Dialect dialect, String shape, String sent, Ending ending, String outcome) {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      shapes()
          .forEach(
              (shape, sent) -> {
                for (Ending ending : Ending.values()) {
                  rows.add(new Row(dialect, shape, sent, ending, expected(shape, ending)));
                }
              });
    }
    return rows;
  }

  private static String expected(String shape, Ending ending) {
    if (shape.startsWith("`")) {
      return "StreamErrorException";
    }
    return ending == Ending.BODY ? "StreamBrokenException" : "complete";
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aStreamEndsAsTheTableSays(Row row) throws Exception {
    String body = row.dialect.begin() + delta("Once") + row.sent + row.ending.in(row.dialect);
    try (RawServer server = sending(body);
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(row.dialect.request())) {
      Throwable thrown = catchThrowable(stream::result);

      assertThat(thrown == null ? "complete" : thrown.getClass().getSimpleName())
          .isEqualTo(row.outcome);
      assertThat(stream.text()).isEqualTo("Once");
      if (thrown instanceof StreamErrorException said) {
        assertThat(said.text()).isEqualTo("Once");
        assertThat(said.context().serverMessage()).contains(WORDS);
        assertThat(said.context().rawBody()).isPresent();
        assertThat(said.execution()).isEqualTo(Execution.UNKNOWN);
      }
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("failureEvents")
  void aFailureThatComesFirstIsOne(String sent) throws Exception {
    try (RawServer server = sending(sent + "data: [DONE]\n\n");
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(catchThrowable(stream::result))
          .isInstanceOfSatisfying(
              StreamErrorException.class,
              e -> assertThat(e.context().serverMessage()).contains(WORDS));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  static List<String> failureEvents() {
    return List.copyOf(failures().values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"provider_error\",\"message\":\"the model gave up\"}",
        "{\"error\":{\"message\":\"the model gave up\"}}",
        "{\"detail\":\"the model gave up\"}",
        "{\"success\":false,\"message\":\"the model gave up\"}",
        "{\"id\":18473,\"status\":\"failed\",\"error\":\"the model gave up\"}"
      })
  void aFailureInOnePieceIsOneToo(String json) throws Exception {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(json.length(), json));
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(catchThrowable(stream::result))
          .isInstanceOfSatisfying(
              StreamErrorException.class,
              e -> assertThat(e.context().serverMessage()).contains(WORDS));
    }
  }

  @Test
  void aFailureKeepsItsCodeItsDetailsAndTheLastPiece() throws Exception {
    String data =
        "{\"type\":\"content_delta\",\"delta\":\" upon\",\"error\":\"provider_error\","
            + "\"provider\":\"openai\",\"retry_after\":7}";
    try (RawServer server = sending(Streams.START + delta("Once") + event(data));
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(catchThrowable(stream::result))
          .isInstanceOfSatisfying(
              StreamErrorException.class,
              e -> {
                assertThat(e.text()).isEqualTo("Once upon");
                assertThat(e.context().rawCode()).contains("provider_error");
                assertThat(e.context().details()).containsEntry("provider", "openai");
                assertThat(e.retryAfter()).hasToString("Optional[PT7S]");
                assertThat(e.context().rawBody()).contains(data);
              });
    }
  }

  @Test
  void anEventThatOnlyNamesAFailureIsOne() throws Exception {
    try (RawServer server = sending(Streams.START + delta("Once") + "event: error\n\n");
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(catchThrowable(stream::result)).isInstanceOf(StreamErrorException.class);
      assertThat(stream.text()).isEqualTo("Once");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "\"status\": \"failed\"", "success is false", "fatal exception"})
  void aTextAboutFailuresIsNone(String words) throws Exception {
    try (RawServer server =
            sending(
                Streams.START
                    + event(
                        "{\"type\":\"content_delta\",\"delta\":" + TextNode.valueOf(words) + "}")
                    + "data: [DONE]\n\n");
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text()).isEqualTo(words);
    }
  }

  @Test
  void aStreamThatIsAllKeepAliveBrokeOff() throws Exception {
    try (RawServer server = sending(Streams.START + delta("Once") + "data:\n\n".repeat(1_000));
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(catchThrowable(stream::result)).isInstanceOf(StreamBrokenException.class);
    }
  }

  @Test
  void aTextOfTwentyOneMillionCharactersIsReadInOnePiece() throws Exception {
    String text = "я".repeat(21_000_000);
    byte[] json =
        ("{\"id\":7,\"status\":\"completed\",\"result_text\":\"" + text + "\"}").getBytes(UTF_8);
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(
                      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                          + json.length
                          + "\r\n\r\n");
                  conn.write(json);
                });
        ElumentaClient elumenta = Streams.client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text().length()).isEqualTo(text.length());
    }
  }

  @Test
  void theTableStandsInTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "streaming.md"));

    for (String shape : shapes().keySet()) {
      for (Ending ending : Ending.values()) {
        String outcome = expected(shape, ending);
        assertThat(rows())
            .filteredOn(row -> row.shape.equals(shape) && row.ending == ending)
            .allMatch(row -> row.outcome.equals(outcome)); // so that one line is for both dialects
      }
      String cells = "";
      for (Ending ending : Ending.values()) {
        cells += " " + expected(shape, ending) + " |";
      }
      assertThat(page).contains("| " + shape + " |" + cells);
    }
  }
}
