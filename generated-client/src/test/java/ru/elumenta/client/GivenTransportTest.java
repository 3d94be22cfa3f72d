package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import feign.Request;
import feign.codec.DecodeException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.TransportException;

/** A transport that the application brings along is believed only as far as it can be. */
class GivenTransportTest {
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();
  private final FakeTime time = new FakeTime();

  private ElumentaClient through(Client transport) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(
            (request, options) -> {
              sent.incrementAndGet();
              if (request.httpMethod() == Request.HttpMethod.POST) {
                posts.incrementAndGet();
              }
              return transport.execute(request, options);
            })
        .timeSource(time)
        .build();
  }

  private static feign.Response answer(Request request, int status, String body) {
    return feign.Response.builder()
        .status(status)
        .request(request)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  @Test
  void aRefusedConnectionProvesNothingForAPaidRequest() {
    try (ElumentaClient elumenta =
        through(
            (request, options) -> {
              throw new ConnectException("refused");
            })) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(posts).hasValue(1);

      sent.set(0);
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("x"))
          .isInstanceOf(TransportException.class);
      assertThat(sent).hasValue(3);
    }
  }

  @Test
  void whatItThrowsIsNotShown() {
    try (ElumentaClient elumenta =
        through(
            (request, options) -> {
              throw new IOException(
                  "failed " + request.headers(),
                  new DecodeException(200, "no", request, new IOException()));
            })) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

      assertThat(e)
          .hasMessageNotContaining(Service.KEY)
          .hasMessageContaining("java.io.IOException");
      assertThat(e.getCause()).hasNoCause();
    }
  }

  @Test
  void anUncheckedExceptionIsAFailureOfTheTransport() {
    try (ElumentaClient elumenta =
        through(
            (request, options) -> {
              throw new IllegalStateException("pool shut down");
            })) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e).hasMessageContaining("java.lang.IllegalStateException");
      assertThat(posts).hasValue(1);
    }
  }

  @Test
  void anInterruptAsTheRetryIsDecidedEndsTheCallWithATypedFailure() {
    try (ElumentaClient elumenta =
        through(
            (request, options) -> {
              Thread.currentThread().interrupt();
              return answer(request, 503, Samples.MODEL_UNAVAILABLE);
            })) {
      CallInterruptedException e =
          catchThrowableOfType(
              CallInterruptedException.class, () -> elumenta.generate(Samples.image()));

      assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(e.getSuppressed()).hasOnlyElementsOfType(ModelUnavailableException.class);
      assertThat(sent).hasValue(1);
    }
  }

  @Test
  void whatMayHaveRunOnceIsNotCalledNotExecutedAfterwards() {
    try (ElumentaClient elumenta =
        through(
            (request, options) ->
                sent.get() == 1
                    ? answer(request, 502, "")
                    : answer(request, 404, "{\"error\":\"not_found\",\"message\":\"gone\"}"))) {
      ElumentaException e =
          catchThrowableOfType(
              ElumentaException.class,
              () -> elumenta.api(HistoryApi.class).deleteGeneration(GenerationId.of(1)));

      assertThat(e.context().status()).hasValue(404);
      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(sent).hasValue(2);
    }
  }

  @Test
  void closingTheClientEndsABackOffAtOnce() {
    AtomicInteger requests = new AtomicInteger();
    ElumentaClient[] self = new ElumentaClient[1];
    self[0] =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(
                (request, options) -> {
                  requests.incrementAndGet();
                  self[0].close();
                  return answer(request, 503, Samples.MODEL_UNAVAILABLE);
                })
            .retry(
                RetryOptions.defaults().withBackOff(Duration.ofSeconds(30), Duration.ofSeconds(30)))
            .build();
    long start = System.nanoTime();

    assertThatThrownBy(() -> self[0].generate(Samples.image()))
        .isInstanceOf(CallInterruptedException.class)
        .hasMessageContaining("because the client is closed");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(requests).hasValue(1);
  }

  @Test
  void aRequestIsSentAsItWasWhenItWasMadeHoweverOften() {
    GenerationRequest request = Samples.image();
    List<String> bodies = new ArrayList<>();
    try (ElumentaClient elumenta =
        through(
            (sent, options) -> {
              bodies.add(new String(sent.body(), StandardCharsets.UTF_8));
              request.prompt("what the application wants next");
              return bodies.size() == 1
                  ? answer(sent, 503, Samples.MODEL_UNAVAILABLE)
                  : answer(sent, 200, Samples.IMAGE_COMPLETED);
            })) {
      elumenta.generate(request);
    }
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(1)).isEqualTo(bodies.get(0)).contains(Samples.image().getPrompt());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyThatIsEchoedIsTakenOutOfWhatIsKeptWhoeverListens(boolean isHeard) {
    List<AnswerFinding> findings = new ArrayList<>();
    ElumentaClientBuilder builder =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(
                (request, options) ->
                    answer(
                        request,
                        200,
                        ("{\"id\":1,\"status\":\"completed\",\"result_text\":\"x\",\"created_at\":{},"
                             + "\"echo\":\"%s\"}")
                            .formatted(Service.KEY)));
    if (isHeard) {
      builder.listener(
          new CallListener() {
            @Override
            public void answerDeviates(CallInfo call, List<AnswerFinding> found) {
              findings.addAll(found);
            }
          });
    }
    try (ElumentaClient elumenta = builder.build()) {
      assertThat(elumenta.generate(Samples.image()).receivedBody().orElseThrow())
          .contains("[redacted]")
          .doesNotContain(Service.KEY);
    }
    assertThat(findings).hasSize(isHeard ? 1 : 0);
  }
}
