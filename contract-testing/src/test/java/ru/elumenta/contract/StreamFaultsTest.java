package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.StreamError;
import ru.elumenta.contract.scenario.StreamFaults;

/** Streams other than documented, as they look on the wire, and what was charged. */
class StreamFaultsTest {
  private static final String TEXT = PlainClient.request("gpt-5", "Hi");
  private static final String END = "\"type\":\"generation_end\"";
  private static final String DONE = "data: [DONE]\n\n";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final PlainClient client = new PlainClient(service);

  @AfterEach
  void stop() {
    service.close();
  }

  private String streamed(Fault fault) {
    service.next().fail(fault);
    HttpResponse<String> answer = client.post("/generate/stream", TEXT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(service.faultsLeft()).isZero();
    return answer.body();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "DOCUMENTED | data: {\"type\":\"error\",\"message\":\"Too \\\"hot\\\"\"}",
        "ENVELOPE | data: {\"error\":\"provider_error\",\"message\":\"Too"
            + " \\\"hot\\\"\",\"provider\":\"openai\"}",
        "TEXT | data: {\"error\":\"Too \\\"hot\\\"\"}",
        "OBJECT | data: {\"error\":{\"message\":\"Too"
            + " \\\"hot\\\"\",\"type\":\"server_error\",\"code\":null}}",
        "TYPED_OBJECT | data:"
            + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Too"
            + " \\\"hot\\\"\"}}",
        "DETAIL | data: {\"detail\":\"Too \\\"hot\\\"\"}",
        "STATUS | data: {\"status\":\"failed\",\"error\":\"Too \\\"hot\\\"\"}",
        "NAMED | event: error~data: {\"message\":\"Too \\\"hot\\\"\"}",
        "NAMED_TEXT | event: error~data: Too \"hot\""
      },
      delimiter = '|')
  void aStreamSaysThatItFailedInManyForms(StreamError form, String lines) {
    String body = streamed(StreamFaults.streamError(form, "Too \"hot\"", 2));

    assertThat(body)
        .startsWith("data: {\"type\":\"generation_start\"")
        .endsWith(lines.replace('~', '\n') + "\n\n")
        .doesNotContain(END)
        .doesNotContain("[DONE]");
    assertThat(body.split("content_delta", -1)).as("two words came before").hasSize(3);
    assertThat(service.charges()).isZero();
    assertThat(client.history().at("/items/0/status").asText()).isEqualTo("failed");
  }

  @ParameterizedTest
  @EnumSource(StreamError.class)
  void theEndMayBeSaidAllTheSame(StreamError form) {
    String body = streamed(StreamFaults.streamErrorThenDone(form, "Two\nlines", 0));

    assertThat(body).endsWith(DONE).doesNotContain("content_delta").doesNotContain(END);
    assertThat(body.lines()).allMatch(line -> line.matches("|data: .*|event: error"));
    assertThat(service.charges()).isZero();
  }

  @Test
  void emptyEventsCommentsAndUnknownEventsStandBetweenTheOthers() {
    String plain = client.post("/generate/stream", TEXT).body();
    String number = "\"id\":";
    String body =
        streamed(
            StreamFaults.emptyEvents()
                .and(StreamFaults.comments())
                .and(StreamFaults.unknownEvents()));

    assertThat(body)
        .startsWith("data:\n\n: keep-alive\n\ndata: {\"type\":\"generation_start\"," + number)
        .contains("event: usage\nid: 7\nretry: 1000\n")
        .endsWith(DONE + "data:\n\n: keep-alive\n\n");
    assertThat(body.lines().filter(line -> line.contains("content_delta")))
        .as("the text is as it was")
        .containsExactlyElementsOf(
            plain.lines().filter(line -> line.contains("content_delta")).toList());
    assertThat(service.charges()).isEqualTo(2);
  }

  @Test
  void endsAreMissing() {
    assertThat(streamed(StreamFaults.withoutDone())).contains(END).doesNotContain("[DONE]");
    assertThat(streamed(StreamFaults.withoutEndEvent())).doesNotContain(END).endsWith(DONE);
    assertThat(streamed(StreamFaults.withoutAnyEnd()))
        .contains("content_delta")
        .doesNotContain(END)
        .doesNotContain("[DONE]");
    assertThat(service.charges()).isEqualTo(3);
    assertThat(service.doubleCharges()).isZero();
  }

  @Test
  void aStreamWithoutEventsIsChargedAndNeverTold() {
    assertThat(streamed(StreamFaults.withoutEvents())).isEmpty();
    client.post("/generate/stream", TEXT);

    assertThat(service.charges()).isEqualTo(2);
    assertThat(service.doubleCharges()).isEqualTo(1);
  }

  @Test
  void linesMayEndAsOnWindows() {
    String body = streamed(StreamFaults.crlfLines());

    assertThat(body).endsWith("data: [DONE]\r\n\r\n");
    assertThat(body.replace("\r\n", "")).doesNotContain("\n");
  }

  @Test
  void onlyRequestsThatStreamUseThemUp() {
    service.next().fail(StreamFaults.withoutDone());

    client.post("/generate", TEXT);
    assertThat(service.faultsLeft()).isEqualTo(1);
    String body =
        client.post("/generate", "{\"model\":\"gpt-5\",\"prompt\":\"Hi\",\"stream\":true}").body();

    assertThat(body).contains(END).doesNotContain("[DONE]");
    assertThat(service.faultsLeft()).isZero();
  }
}
