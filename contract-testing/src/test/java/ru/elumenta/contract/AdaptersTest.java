package ru.elumenta.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.WireMockExchange;

/** The same exchange, seen by the server and by three clients, has the same findings. */
class AdaptersTest {
  private static final String BODY = "{\"model\": \"gpt-5\", \"prompt\": \"Grüße\", \"promt\": 1}";

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withHeader("X-RateLimit-Limit-Hour", "many")
                    .withBody("{\"id\": 1, \"status\": 2, \"result_text\": \"Grüße\"}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private HttpRequest post(BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/v2/generate?debug=1"))
        .header("Authorization", "Bearer " + SampleExchange.KEY)
        .header("Content-Type", "application/json")
        .POST(body)
        .build();
  }

  private static void hasTheFourFindings(Exchange exchange) {
    assertThat(ContractValidator.standard().check(exchange))
        .extracting(finding -> finding.place() + " " + finding.rule())
        .containsExactly(
            "/promt UNKNOWN_MEMBER",
            "query debug UNKNOWN_PARAMETER",
            "header X-RateLimit-Limit-Hour RATE_LIMIT",
            "/status TYPE");
  }

  @Test
  void asJavaNetHttpSentAndReceivedIt() throws Exception {
    HttpRequest request = post(BodyPublishers.ofString(BODY));
    HttpResponse<String> text = http.send(request, BodyHandlers.ofString());
    HttpResponse<byte[]> bytes = http.send(request, BodyHandlers.ofByteArray());

    hasTheFourFindings(Exchange.of(request, text));
    hasTheFourFindings(Exchange.of(request, bytes));
  }

  @Test
  void asWireMockReceivedAndAnsweredIt() throws Exception {
    http.send(post(BodyPublishers.ofString(BODY)), BodyHandlers.ofString());

    hasTheFourFindings(WireMockExchange.of(server.getAllServeEvents().get(0)));
  }

  @Test
  void asFeignSentAndReceivedIt() throws IOException {
    feign.Request request =
        feign.Request.create(
            feign.Request.HttpMethod.POST,
            server.baseUrl() + "/api/v2/generate?debug=1",
            java.util.Map.of(
                "Authorization", List.of("Bearer " + SampleExchange.KEY),
                "Content-Type", List.of("application/json")),
            BODY.getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            null);
    feign.Response once =
        new feign.DefaultClient(null, null).execute(request, new feign.Request.Options());

    assertThatThrownBy(() -> Exchange.of(request, once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("read only once");
    feign.Response buffered =
        once.toBuilder().body(once.body().asInputStream().readAllBytes()).build();
    hasTheFourFindings(Exchange.of(request, buffered));
  }

  @Test
  void aRequestWithoutABodyHasNone() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/v2/balance"))
            .header("Authorization", "Bearer " + SampleExchange.KEY)
            .build();

    assertThat(ContractValidator.standard().check(RequestMessage.of(request))).isEmpty();
  }

  @Test
  void aBodyThatCannotBeReadAgainIsGivenBesideTheRequest() {
    HttpRequest once =
        post(
            BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8))));
    assertThatThrownBy(() -> RequestMessage.of(once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give its bytes");

    RequestMessage given = RequestMessage.of(once, BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(ContractValidator.standard().check(given)).hasSize(2);
  }

  @Test
  void aResponseThatIsNeitherTextNorBytesIsRefused() throws Exception {
    HttpRequest request = post(BodyPublishers.ofByteArray(BODY.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<?> response =
        http.send(request, BodyHandlers.replacing(new ByteArrayInputStream(new byte[0])));

    assertThatThrownBy(() -> Exchange.of(request, response))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("String or byte[]");
  }
}
