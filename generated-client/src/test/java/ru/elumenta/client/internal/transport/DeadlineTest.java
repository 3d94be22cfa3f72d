package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.RateLimitException;

/** A call that has 700 ms is over after 900 ms at the latest, whatever the server does. */
class DeadlineTest {
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final Duration AT_THE_LATEST = Duration.ofMillis(900);
  private static final String PRICE = "{\"slug\":\"dall-e-3\"}";

  private ElumentaClient elumenta;

  /** What a server may do to a caller who has no time. */
  enum Server {
    NEVER_ANSWERS(
        CallTimeoutException.class, OutcomeUnknownException.class, RawServer.Connection::stall),
    STALLS_AFTER_HEADERS(
        CallTimeoutException.class,
        OutcomeUnknownException.class,
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
          conn.stall();
        }),
    DRIPS(
        CallTimeoutException.class,
        OutcomeUnknownException.class,
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
          conn.drip(" ".repeat(500), Duration.ofMillis(20));
        }),
    SAYS_429_AND_A_LONG_WAIT(
        RateLimitException.class,
        RateLimitException.class,
        always("429 Too Many Requests\r\nRetry-After: 847", "rate_limit_exceeded")),
    /** The last of many attempts may be one for which there is too little time. */
    SAYS_503_FOR_EVER(
        ElumentaException.class,
        ModelUnavailableException.class,
        always("503 Service Unavailable", "model_unavailable"));

    private final Class<? extends ElumentaException> ofRead;
    private final Class<? extends ElumentaException> ofPaidRequest;
    private final Script script;

    Server(
        Class<? extends ElumentaException> ofRead,
        Class<? extends ElumentaException> ofPaidRequest,
        Script script) {
      this.ofRead = ofRead;
      this.ofPaidRequest = ofPaidRequest;
      this.script = script;
    }

    private static Script always(String status, String code) {
      String body = "{\"error\":\"" + code + "\",\"message\":\"No\"}";
      String answer =
          "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
      return conn -> {
        while (true) {
          conn.readRequest();
          conn.write(answer);
        }
      };
    }
  }

  @BeforeEach
  void warmUp() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(PRICE.length(), PRICE))) {
      elumenta = client(server, Duration.ofSeconds(30));
      elumenta.api(ModelsApi.class).getModel("dall-e-3");
      elumenta.close();
    }
  }

  @AfterEach
  void stop() {
    elumenta.close();
  }

  private static ElumentaClient client(RawServer server, Duration callTimeout) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456789")
        .baseUrl("http://127.0.0.1:" + server.port())
        .callTimeout(callTimeout)
        .retry(
            RetryOptions.defaults()
                .withMaxAttempts(100)
                .withBackOff(Duration.ofMillis(50), Duration.ofMillis(100)))
        .build();
  }

  private <E extends ElumentaException> E timed(Class<E> type, Consumer<ElumentaClient> call) {
    long start = System.nanoTime();
    E failure = catchThrowableOfType(type, () -> call.accept(elumenta));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_THE_LATEST);
    return failure;
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aReadIsOverInTime(Server does) throws Exception {
    try (RawServer server = RawServer.script(does.script)) {
      elumenta = client(server, LIMIT);

      ElumentaException failure =
          timed(does.ofRead, client -> client.api(ModelsApi.class).getModel("dall-e-3"));

      assertReadFailed(does, failure);
      assertThat(failure.context().elapsed()).isLessThan(AT_THE_LATEST);
      int attempts = failure.context().attempts();
      assertThat(server.requests())
          .as("the last attempt may have run out of time before it was sent")
          .isBetween(attempts - 1, attempts);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aPaidRequestIsOverInTimeAndWasSentOnce(Server does) throws Exception {
    try (RawServer server = RawServer.script(does.script)) {
      elumenta = client(server, LIMIT);

      ElumentaException failure =
          timed(
              does.ofPaidRequest,
              client -> client.generate(new GenerationRequest().model("dall-e-3").prompt("x")));

      assertThat(failure).isExactlyInstanceOf(does.ofPaidRequest);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aLimitGivenForOneCallHoldsAsWell(Server does) throws Exception {
    try (RawServer server = RawServer.script(does.script)) {
      elumenta = client(server, Duration.ofMinutes(3));

      ElumentaException failure =
          timed(
              does.ofRead,
              client -> client.within(LIMIT).api(ModelsApi.class).getModel("dall-e-3"));

      assertReadFailed(does, failure);
    }
  }

  private static void assertReadFailed(Server does, ElumentaException failure) {
    if (does == Server.SAYS_503_FOR_EVER) {
      assertThat(failure)
          .isInstanceOfAny(ModelUnavailableException.class, CallTimeoutException.class);
      assertThat(failure.getSuppressed())
          .isNotEmpty()
          .hasOnlyElementsOfType(ModelUnavailableException.class);
    } else {
      assertThat(failure).isExactlyInstanceOf(does.ofRead);
    }
  }
}
