package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import feign.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/** What an application puts around the transport sees every attempt and changes none. */
class DecoratedTransportTest {
  private static final String MODEL = "{\"slug\":\"gpt-5\"}";

  private final List<String> seen = new ArrayList<>();
  private final FakeTime time = new FakeTime();

  private UnaryOperator<Client> noting(String name) {
    return transport ->
        (request, options) -> {
          seen.add(name + " " + request.httpMethod());
          return transport.execute(request, options);
        };
  }

  @Test
  void everyAttemptGoesThroughIt() {
    try (Service service = new Service();
        ElumentaClient elumenta = service.client(time).decorate(noting("a")).build()) {
      service.answers(Service.json(503, Samples.MODEL_UNAVAILABLE), Service.json(200, MODEL));

      assertThat(elumenta.api(ModelsApi.class).getModel("gpt-5").getSlug()).isEqualTo("gpt-5");

      assertThat(seen).containsExactly("a GET", "a GET");
      assertThat(service.requests()).hasSize(2);
    }
  }

  @Test
  void theLaterGoesAroundTheEarlierAndBothAroundAGivenTransport() {
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .decorate(noting("inner"))
            .decorate(noting("outer"))
            .transport(
                (request, options) ->
                    feign.Response.builder()
                        .status(200)
                        .request(request)
                        .body(MODEL.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .build())
            .build()) {
      elumenta.api(ModelsApi.class).getModel("gpt-5");

      assertThat(seen).containsExactly("outer GET", "inner GET");
    }
  }

  @Test
  void whatTheTransportKnowsOfALostAnswerComesThrough() {
    try (Service service = new Service();
        ElumentaClient elumenta =
            service.client(time).recovery(Recovery.FAIL).decorate(noting("a")).build()) {
      service.answers(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

      assertThatThrownBy(() -> elumenta.submit(Samples.image()))
          .isInstanceOfAny(TransportException.class, OutcomeUnknownException.class)
          .extracting(e -> ((ru.elumenta.error.ElumentaException) e).execution())
          .isEqualTo(Execution.UNKNOWN);

      assertThat(seen).containsExactly("a POST");
      assertThat(service.posts()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatNeverLeftIsStillKnownAsSuch() {
    String url;
    try (Service closed = new Service()) {
      url = closed.url();
    }
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .baseUrl(url)
            .timeSource(time)
            .decorate(noting("a"))
            .build()) {
      assertThatThrownBy(() -> elumenta.submit(Samples.image()))
          .isInstanceOf(TransportException.class)
          .extracting(e -> ((TransportException) e).execution())
          .isEqualTo(Execution.NOT_EXECUTED);

      assertThat(seen).hasSize(3).containsOnly("a POST");
    }
  }

  @Test
  void aDecorationThatReturnsNothingIsRefused() {
    ElumentaClientBuilder builder =
        ElumentaClient.builder().apiKey(Service.KEY).decorate(transport -> null);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what decorate(…) returns must not be null.");
  }
}
