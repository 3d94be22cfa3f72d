package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.transport.RawServer.Received;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** However the answer to a paid request gets lost: how many POSTs reach the server. */
class LostPostTest {
  private static final Duration ATTEMPT = Duration.ofMillis(300);
  private static final String ROW =
      """
      {"id":7,"model_slug":"dall-e-3","prompt":"x","status":"completed",\
      "created_at":"2026-03-08T12:00:00Z"}\
      """;

  /** How it gets lost, each after the server has taken the request. */
  enum Fault {
    DROPPED_AFTER_THE_REQUEST(RawServer.Connection::readRequest, true),
    RESET_AFTER_THE_REQUEST(
        conn -> {
          conn.readRequest();
          conn.reset();
        },
        true),
    DROPPED_WITHIN_THE_REQUEST(RawServer.Connection::readByte, true),
    EMPTY_REPLY(
        conn -> {
          conn.readRequest();
          conn.write("");
        },
        true),
    HALF_THE_HEADERS(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Le");
        },
        true),
    HALF_THE_BODY(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":7,");
        },
        true),
    JSON_CUT_OFF(answering("200 OK", "{\"id\":7,\"sta"), false),
    A_PAGE_OF_THE_GATEWAY(answering("502 Bad Gateway", "<html>Bad Gateway</html>"), false),
    TIME_OUT_OF_THE_GATEWAY(answering("504 Gateway Timeout", ""), false),
    STALLED_HEADERS(RawServer.Connection::stall, false),
    STALLED_BODY(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":7,");
          conn.stall();
        },
        false),
    DRIPPING_BODY(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
          conn.drip(" ".repeat(999), Duration.ofMillis(10));
        },
        false),
    ANSWERED_AFTER_THE_CLIENT_GAVE_UP(
        conn -> {
          conn.readRequest();
          conn.pause(ATTEMPT.multipliedBy(2));
          conn.write(ok("{\"id\":7,\"status\":\"completed\"}"));
        },
        false);

    private final Script script;
    private final boolean isClosedAtItsEnd;

    Fault(Script script, boolean isClosedAtItsEnd) {
      this.script = script;
      this.isClosedAtItsEnd = isClosedAtItsEnd;
    }

    void play(RawServer.Connection conn) throws IOException, InterruptedException {
      script.play(conn);
      if (isClosedAtItsEnd) {
        conn.close();
      }
    }

    private static Script answering(String status, String body) {
      return conn -> {
        conn.readRequest();
        conn.write(response(status, body));
      };
    }
  }

  private static String response(String status, String body) {
    return "HTTP/1.1 %s\r\nDate: Sun, 08 Mar 2026 12:00:02 GMT\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private static String ok(String body) {
    return response("200 OK", body);
  }

  /** After the fault everything works, and the history shows what it is told to. */
  private static RawServer server(Fault fault, String rows) throws Exception {
    return RawServer.script(
        fault::play,
        conn -> {
          while (true) {
            Received request = conn.readRequest();
            if (request.line().startsWith("POST")) {
              conn.write(ok("{\"id\":8,\"status\":\"completed\"}"));
            } else if (request.line().contains("/user/history")) {
              conn.write(ok("{\"items\":[%s],\"total\":1}".formatted(rows)));
            } else {
              conn.write(ok("{\"id\":7,\"status\":\"completed\"}"));
            }
          }
        });
  }

  private static ElumentaClient client(RawServer server, Recovery recovery) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456789")
        .baseUrl("http://127.0.0.1:" + server.port())
        .attemptTimeout(ATTEMPT)
        .timeSource(new FakeTime())
        .recovery(recovery)
        .build();
  }

  private static Generation create(ElumentaClient elumenta) {
    return elumenta
        .api(GenerationsApi.class)
        .createGeneration(new GenerationRequest().model("dall-e-3").prompt("x"));
  }

  /** Those that came whole; of the one that was dropped half-way there is only a beginning. */
  private static long posts(RawServer server, Fault fault) {
    long whole =
        server.received().stream().filter(request -> request.line().startsWith("POST")).count();
    return fault == Fault.DROPPED_WITHIN_THE_REQUEST ? whole + 1 : whole;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void ifTheHistoryShowsItOnePostIsAllThereIs(Fault fault) throws Exception {
    try (RawServer server = server(fault, ROW);
        ElumentaClient elumenta = client(server, Recovery.LOOK_UP)) {
      assertThat(create(elumenta).getId()).isEqualTo(GenerationId.of(7));
      assertThat(posts(server, fault)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void ifItIsNotLookedUpOnePostIsAllThereIsToo(Fault fault) throws Exception {
    try (RawServer server = server(fault, "");
        ElumentaClient elumenta = client(server, Recovery.FAIL)) {
      ElumentaException failure =
          catchThrowableOfType(ElumentaException.class, () -> create(elumenta));

      assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(failure).hasMessageContaining("charged");
      assertThat(posts(server, fault)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void ifTheHistoryShowsNothingOnePostIsAllThereIsAsWell(Fault fault) throws Exception {
    try (RawServer server = server(fault, ROW.replace("2026-03-08", "2026-03-01"));
        ElumentaClient elumenta = client(server, Recovery.LOOK_UP)) {
      ElumentaException failure =
          catchThrowableOfType(ElumentaException.class, () -> create(elumenta));

      assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(posts(server, fault)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void byChoiceThereIsASecondAtTheMost(Fault fault) throws Exception {
    try (RawServer server = server(fault, ROW.replace("2026-03-08", "2026-03-01"));
        ElumentaClient elumenta = client(server, Recovery.LOOK_UP_THEN_RESEND)) {
      try {
        assertThat(create(elumenta).getId()).isEqualTo(GenerationId.of(8));
        assertThat(posts(server, fault)).isEqualTo(2);
      } catch (ElumentaException failure) {
        assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
        assertThat(posts(server, fault)).isEqualTo(1);
      }
    }
  }
}
