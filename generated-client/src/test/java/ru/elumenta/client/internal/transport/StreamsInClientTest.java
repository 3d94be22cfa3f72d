package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static ru.elumenta.client.internal.transport.Streams.FIRST;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.START;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.conversation;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.onRealTime;
import static ru.elumenta.client.internal.transport.Streams.prompt;
import static ru.elumenta.client.internal.transport.Streams.sending;

import feign.Client;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.Service;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;

/** What else a client does for its calls, it does for streams. */
class StreamsInClientTest {
  private static String answer(String status, String headers, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, headers, body.length(), body);
  }

  private static Script answering(String... answers) {
    return conn -> {
      for (String answer : answers) {
        conn.readRequest();
        conn.write(answer);
      }
      conn.close();
    };
  }

  @Test
  void aListenerIsToldOfTheAttemptsUpToTheFirstEvent() throws Exception {
    List<String> told = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void attemptEnded(CallInfo call, AttemptReport report) {
            told.add(
                "%s %s %s %s"
                    .formatted(
                        call.operation(),
                        call.path(),
                        call.model().orElse(null),
                        report.status().orElse(0)));
          }
        };
    String limits = "X-RateLimit-Limit-Hour: 100\r\nX-RateLimit-Remaining-Hour: 41\r\n";
    try (RawServer server =
            RawServer.script(
                answering(answer("503 No", "", "{\"error\":\"model_unavailable\"}"), HEAD + START),
                answering(HEAD.replace("\r\n\r\n", "\r\n" + limits + "\r\n") + FIRST));
        ElumentaClient elumenta = client(server).listener(listener).build()) {
      elumenta.stream(prompt()).close();
      elumenta.stream(conversation()).close();

      assertThat(told)
          .containsExactly(
              "streamGeneration /generate/stream gpt-5 503",
              "streamGeneration /generate/stream gpt-5 200",
              "streamGeneration /generate gpt-5 200");
      assertThat(elumenta.rateLimits().orElseThrow().hour().remaining()).hasValue(41);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void aModelThatIsDownIsLeftAlone() throws Exception {
    String down = answer("503 No", "", "{\"error\":\"model_unavailable\"}");
    try (RawServer server = RawServer.script(answering(down, down, down, down, down, down));
        ElumentaClient elumenta =
            client(server)
                .retry(RetryOptions.none())
                .circuitBreaker(CircuitBreakerOptions.defaults())
                .build()) {
      for (int i = 0; i < CircuitBreakerOptions.defaults().failures(); i++) {
        assertThatThrownBy(() -> elumenta.stream(prompt()))
            .isInstanceOf(ModelUnavailableException.class);
      }
      int sent = server.requests();

      assertThatThrownBy(() -> elumenta.stream(prompt())).isInstanceOf(CircuitOpenException.class);
      assertThat(server.requests()).isEqualTo(sent);
    }
  }

  @Test
  void aPriceAboveTheLimitIsNotStreamed() throws Exception {
    String price = answer("200 OK", "", "{\"token_cost\":9,\"max_token_cost\":9}");
    try (RawServer server = RawServer.script(answering(price));
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.maxCost(8).stream(prompt()))
          .isInstanceOf(MaxCostExceededException.class);

      assertThat(server.requests()).isEqualTo(1);
      assertThat(server.received().get(0).line()).contains("calculate-price");
    }
  }

  @Test
  void whatAStreamMadeIsNotTakenForThatOfALostCall() throws Exception {
    String row =
        "{\"items\":[{\"id\":18473,\"status\":\"completed\",\"model_slug\":\"gpt-5\",\"prompt\":"
            + "\"Tell me a story\",\"created_at\":\""
            + FakeTime.START
            + "\"}],\"total\":1}";
    String date = "Date: Sun, 08 Mar 2026 12:00:00 GMT\r\n";
    String history = answer("200 OK", date, row);
    try (RawServer server =
            RawServer.script(
                answering(HEAD + FIRST),
                answering(
                    answer("502 Bad", date, ""), history, history, "HTTP/1.1 400 No\r\n\r\n"));
        ElumentaClient elumenta = client(server).retry(RetryOptions.none()).build()) {
      try (GenerationStream stream = elumenta.stream(prompt())) {
        assertThat(stream.result().text()).isEqualTo("Once");
      }

      assertThatThrownBy(() -> elumenta.generate(prompt()))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(server.received().stream().filter(each -> each.line().startsWith("POST")))
          .hasSize(2);
    }
  }

  @Test
  void aGivenTransportCannotStreamAndSendsNothing() {
    Client transport =
        (request, options) -> {
          throw new AssertionError("something was sent");
        };
    try (ElumentaClient elumenta =
        ElumentaClient.builder().apiKey(Service.KEY).transport(transport).build()) {
      assertThatThrownBy(() -> elumenta.stream(prompt()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "A client with a transport given to the builder cannot stream, because Feign reads"
                  + " answers whole; build one without transport(…) for streams. Nothing was"
                  + " sent.");
      assertThatThrownBy(() -> elumenta.streamAsync(prompt(), event -> {}).join())
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> StreamOptions.defaults().withIdle(Duration.ZERO))
        .hasMessage("idle must be longer than zero.");
    assertThatThrownBy(() -> StreamOptions.defaults().withLimit(Duration.ZERO))
        .hasMessage("limit must be longer than zero.");
    assertThatThrownBy(() -> ElumentaClient.builder().apiKey("nb_x").streaming(null).build())
        .hasMessage("streaming must not be null.");
    assertThat(StreamOptions.defaults().idle()).isEmpty();
    assertThat(StreamOptions.defaults().limit()).isEqualTo(Duration.ofMinutes(30));
  }

  // Secrets

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"type\":\"error\",\"message\":\"you sent KEY\"}\n\n",
        "data: {\"type\":\"content_delta\",\"delta\":\"KEY\",}\n\n",
        "data: KEY\n\n",
        "KEY",
        ""
      })
  void neitherKeyNorPromptNorTextIsShown(String body) throws Exception {
    for (String begin : List.of("", START + delta("SECRETTEXT"))) {
      String echo = "X-Echo: Bearer " + Service.KEY + "\r\n\r\n";
      try (RawServer server = sendingHead(HEAD.replace("\r\n\r\n", "\r\n" + echo) + begin, body);
          ElumentaClient elumenta = onRealTime(server).retry(RetryOptions.none()).build()) {
        Throwable thrown =
            catchThrowable(
                () -> {
                  try (GenerationStream stream = elumenta.stream(prompt().prompt("SECRETPROMPT"))) {
                    stream.result();
                  }
                });

        assertThat(thrown).isInstanceOf(ElumentaException.class);
        assertThat(shown((ElumentaException) thrown)).doesNotContain("SECRET");
        assertThat(server.requests()).isEqualTo(1);
      }
    }
  }

  private static RawServer sendingHead(String head, String body) throws Exception {
    return RawServer.script(answering(head + body.replace("KEY", Service.KEY)));
  }

  private static String shown(ElumentaException thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    for (Throwable each = thrown; each instanceof ElumentaException e; each = each.getCause()) {
      text.append(e.context() + " " + e.context().headers() + e.context().rawBody());
      text.append(e.context().serverMessage().orElse(""));
    }
    return text.toString();
  }

  @Test
  void aStreamDoesNotShowItsText() throws Exception {
    try (RawServer server =
            sending(START + delta("SECRETTEXT") + event("{\"type\":\"generation_end\"}"));
        ElumentaClient elumenta = client(server).build();
        GenerationStream stream = elumenta.stream(prompt())) {
      assertThat(stream.result().text()).isEqualTo("SECRETTEXT");
      assertThat(stream).hasToString("GenerationStream[10 characters]");
    }
  }
}
