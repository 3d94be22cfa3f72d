package ru.elumenta.client.internal.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.Service;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Message;
import ru.elumenta.client.options.RetryOptions;

/** Streams as the documentation shows them, servers that send them, clients that read them. */
final class Streams {
  static final Duration LONG = Duration.ofSeconds(10);

  /**
   * The JDK ends its side of a connection at once, but a server that is stuck in writing learns of
   * it only when the JDK's selector comes round, which it does every three seconds.
   */
  static final Duration GONE = Duration.ofSeconds(10);

  static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

  /** The sample of generate/stream. */
  static final String FIRST =
      """
      data: {"type": "generation_start", "id": 18473, "model": "gpt-5"}

      data: {"type": "content_delta", "delta": "Once"}

      data: {"type": "generation_end", "id": 18473, "tokens_spent": 3}

      data: [DONE]

      """;

  /** The sample of guides/streaming. */
  static final String SECOND =
      """
      data: {"type": "generation_start", "id": "gen_01j9x2abc123", "model": "gpt-5"}

      data: {"type": "content_delta", "delta": "Once"}

      data: {"type": "generation_end", "id": "gen_01j9x2abc123", "tokens_used": 3, "balance_remaining": 280}

      data: [DONE]

      """;

  static final String START = event("{\"type\":\"generation_start\",\"id\":18473}");

  private Streams() {}

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  static String delta(String text) {
    return event("{\"type\":\"content_delta\",\"delta\":\"" + text + "\"}");
  }

  /** A server that reads a request, sends a success with this body, and closes the connection. */
  static RawServer sending(String body) throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(HEAD + body);
          conn.close();
        });
  }

  /** A server that reads a request, begins a success with this body, and says no more. */
  static Script falling(String body) {
    return conn -> {
      conn.readRequest();
      conn.write(HEAD + body);
      conn.stall();
    };
  }

  /** A client of a server, without waits between attempts. */
  static ElumentaClientBuilder client(RawServer server) {
    return onRealTime(server).timeSource(new FakeTime());
  }

  static ElumentaClientBuilder onRealTime(RawServer server) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .baseUrl("http://127.0.0.1:" + server.port())
        .attemptTimeout(LONG)
        .retry(RetryOptions.defaults().withJitter(0));
  }

  static GenerationRequest prompt() {
    return new GenerationRequest().model("gpt-5").prompt("Tell me a story");
  }

  static GenerationRequest conversation() {
    return new GenerationRequest()
        .model("gpt-5")
        .addMessagesItem(new Message().role("user").content("Tell me a story"));
  }

  /** Reads to the end. */
  static List<StreamEvent> all(GenerationStream stream) {
    List<StreamEvent> events = new ArrayList<>();
    stream.forEach(events::add);
    return events;
  }
}
