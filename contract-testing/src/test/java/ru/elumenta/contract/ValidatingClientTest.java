package ru.elumenta.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Model;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;

/** Live traffic is looked at and not touched. */
class ValidatingClientTest {
  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final ContractFindings findings = new ContractFindings();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private ElumentaClient client() {
    return ElumentaClient.builder()
        .apiKey(SampleExchange.KEY)
        .baseUrl(server.baseUrl() + "/api/v2")
        .retry(RetryOptions.defaults().withBackOff(Duration.ofMillis(1), Duration.ofMillis(1)))
        .decorate(ValidatingClient.reportingTo(findings))
        .build();
  }

  private void answers(int status, String body) {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body)));
  }

  private int requests() {
    return server.findAll(anyRequestedFor(anyUrl())).size();
  }

  @Test
  void aCallThatObeysTheContractLeavesNoFinding() {
    answers(200, "{\"id\": 1, \"status\": \"completed\", \"result_text\": \"Hi\"}");
    try (ElumentaClient elumenta = client()) {
      assertThat(elumenta.generate(new GenerationRequest().model("gpt-5").prompt("Hi")).text())
          .contains("Hi");
    }
    ContractAssertions.assertThat(findings).isEmpty();
    assertThat(findings.exchanges()).isEqualTo(1);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void aCallToADriftingServiceSucceedsAndIsReported() {
    answers(200, "{\"slug\": \"gpt-5\", \"supports_streaming\": \"yes\"}");
    try (ElumentaClient elumenta = client()) {
      assertThat(elumenta.api(ModelsApi.class).getModel("gpt-5").getSlug()).isEqualTo("gpt-5");
    }
    answers(200, "{\"slug\": \"gpt-5\", \"token_cost\": \"3\"}");
    try (ElumentaClient elumenta = client()) {
      Model model = elumenta.api(ModelsApi.class).getModel("gpt-5");
      assertThat(model.getTokenCost()).isEqualTo(3);
    }
    ContractAssertions.assertThat(findings)
        .hasFinding("getModel", "/supports_streaming", Rule.TYPE)
        .hasFinding("getModel", "/token_cost", Rule.TYPE);
    assertThat(findings.list()).hasSize(2);
    assertThat(findings.list().toString()).doesNotContain("SECRETKEY");
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void everyAttemptIsAnExchange() {
    answers(503, "{\"error\": \"model_unavailable\", \"message\": \"down\"}");
    try (ElumentaClient elumenta = client()) {
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("gpt-5"))
          .isInstanceOf(ru.elumenta.error.ModelUnavailableException.class);
    }
    assertThat(findings.exchanges()).isEqualTo(3).isEqualTo(requests());
    ContractAssertions.assertThat(findings).isEmpty();
  }

  @Test
  void aFailureOfTheTransportIsPassedOnAndTheRequestIsChecked() {
    IOException failure = new IOException("gone");
    Client broken =
        (request, options) -> {
          throw failure;
        };

    assertThatThrownBy(
            () ->
                new ValidatingClient(broken, findings)
                    .execute(get("http://localhost/api/v2/nothing"), new Request.Options()))
        .isSameAs(failure);
    ContractAssertions.assertThat(findings).hasFinding(Finding.NO_OPERATION, "path", Rule.PATH);
  }

  @Test
  void aBodyArrivesByteForByteWhateverItIs() throws IOException {
    byte[] body = new byte[3_000_000];
    new Random(7).nextBytes(body);
    server.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withHeader("Content-Type", "application/json").withBody(body)));

    try (Response response = streaming(get(server.baseUrl() + "/api/v2/balance"));
        InputStream in = response.body().asInputStream()) {
      assertThat(in.read()).isEqualTo(body[0] & 0xff);
      assertThat(in.skip(10)).isPositive();
    }
    try (Response response = streaming(get(server.baseUrl() + "/api/v2/balance"));
        InputStream in = response.body().asInputStream()) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
    // The first was not read to its end, so nothing is said of its body.
    assertThat(findings.list()).singleElement().extracting(Finding::rule).isEqualTo(Rule.ENCODING);
    assertThat(findings.exchanges()).isEqualTo(2);
  }

  @Test
  void anEventIsReadBeforeTheNextOneIsSent() throws Exception {
    CountDownLatch isRead = new CountDownLatch(1);
    String first = "data: {\"type\": \"content_delta\", \"delta\": \"Once\"}\n\n";
    String second = "data: {\"type\": \"content_delta\"}\n\ndata: [DONE]\n\n";
    try (EventServer events = new EventServer(first, isRead, second);
        Response response = streaming(post(events.url() + "/api/v2/generate/stream"));
        InputStream in = response.body().asInputStream()) {
      assertThat(in.readNBytes(first.length())).isEqualTo(first.getBytes(StandardCharsets.UTF_8));
      isRead.countDown();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(second);
    }
    assertThat(findings.list()).hasSize(1);
    ContractAssertions.assertThat(findings)
        .hasFinding("streamGeneration", "/1/delta", Rule.REQUIRED);
  }

  @Test
  void aStreamThatIsLeftEarlyIsNotBlamedForItsEnd() throws Exception {
    String first = "data: {\"type\": \"content_delta\", \"delta\": \"Once\"}\n\n";
    CountDownLatch isRead = new CountDownLatch(1);
    try (EventServer events = new EventServer(first, isRead, "data: {\"broken\n\n")) {
      try (Response response = streaming(post(events.url() + "/api/v2/generate/stream"));
          InputStream in = response.body().asInputStream()) {
        assertThat(in.readNBytes(first.length())).hasSize(first.length());
      } finally {
        isRead.countDown();
      }
    }
    ContractAssertions.assertThat(findings).isEmpty();
    assertThat(findings.exchanges()).isEqualTo(1);
  }

  private Response streaming(Request request) throws IOException {
    Client transport = new feign.DefaultClient(null, null);
    return new ValidatingClient(transport, findings).execute(request, new Request.Options());
  }

  private static Request get(String url) {
    Map<String, Collection<String>> headers =
        Map.of("Authorization", List.of("Bearer " + SampleExchange.KEY));
    return Request.create(Request.HttpMethod.GET, url, headers, null, null, null);
  }

  private static Request post(String url) {
    byte[] body = "{\"model\": \"gpt-5\", \"prompt\": \"Hi\"}".getBytes(StandardCharsets.UTF_8);
    return Request.create(
        Request.HttpMethod.POST, url, headers(), body, StandardCharsets.UTF_8, null);
  }

  private static Map<String, Collection<String>> headers() {
    return Map.of(
        "Authorization", List.of("Bearer " + SampleExchange.KEY),
        "Content-Type", List.of("application/json"));
  }
}
