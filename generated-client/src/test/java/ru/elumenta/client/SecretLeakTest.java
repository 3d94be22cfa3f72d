package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.StringWriter;
import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;

/** Calls through every failure path, and looks for the key and the prompt in everything shown. */
class SecretLeakTest {
  private static final String PROMPT = "SECRETPROMPT about a lighthouse";

  static Stream<ResponseDefinitionBuilder> everyFailure() {
    Stream<ResponseDefinitionBuilder> statuses =
        IntStream.of(301, 400, 401, 402, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504)
            .boxed()
            .flatMap(
                status ->
                    Stream.of(
                        json(status, "{\"error\":\"x\",\"message\":\"said\"}"),
                        json(status, echo()),
                        aResponse().withStatus(status).withBody("<html>" + echo() + "</html>"),
                        aResponse()
                            .withStatus(status)
                            .withHeader("X-Echo", "Bearer " + Service.KEY)));
    return Stream.concat(
        statuses,
        Stream.of(
            aResponse().withStatus(200),
            aResponse().withBody("not json"),
            aResponse().withBody("[1,2]"),
            aResponse().withBody("{\"id\":[],\"status\":\"pending\"}"),
            json(200, "{\"status\":\"pending\"}"),
            json(200, Samples.failed("Content blocked by safety filter")),
            json(200, Samples.VIDEO_PENDING),
            aResponse().withFixedDelay(20_000),
            aResponse().withFault(Fault.EMPTY_RESPONSE),
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
  }

  /** What error pages of frameworks like to do. */
  private static String echo() {
    return "{\"error\":\"bad_request\",\"message\":\"you sent Bearer %s\",\"details\":{\"h\":\"%s\"}}"
        .formatted(Service.KEY, Service.KEY);
  }

  @ParameterizedTest
  @MethodSource("everyFailure")
  void neitherKeyNorPromptIsShown(ResponseDefinitionBuilder answer) {
    StringWriter log = new StringWriter();
    Handler listening = WrittenLog.listen(log);
    Throwable thrown;
    try (Service service = new Service().answers(answer);
        ElumentaClient elumenta =
            service.client(new FakeTime()).attemptTimeout(Duration.ofMillis(300)).build()) {
      thrown =
          catchThrowable(
              () -> elumenta.generate(new GenerationRequest().model("gpt-5").prompt(PROMPT)));
    } finally {
      Logger.getLogger("").removeHandler(listening);
    }

    assertThat(thrown).isInstanceOf(ElumentaException.class);
    assertThat(ShownFailure.of(thrown)).doesNotContain(Service.KEY).doesNotContain("SECRETPROMPT");
    assertThat(log.toString()).doesNotContain(Service.KEY).doesNotContain("SECRETPROMPT");
  }

  @Test
  void aRefusedKeyIsNotShown() {
    Throwable thrown =
        catchThrowable(() -> ElumentaClient.builder().apiKey(Service.KEY + "\n").build());

    assertThat(ShownFailure.of(thrown)).doesNotContain("SECRETKEY");
  }
}
