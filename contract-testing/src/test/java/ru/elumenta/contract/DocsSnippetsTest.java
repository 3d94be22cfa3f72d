package ru.elumenta.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.contract.ContractAssertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.WireMockExchange;

/** The pages about contract testing show code that runs here. */
class DocsSnippetsTest {
  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final String key = SampleExchange.KEY;

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(json("{\"token_balance\": 283, \"plan\": \"vip\"}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder json(
      String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  @Test
  void everySnippetIsTheCodeThatIsRunHere() throws IOException {
    String code =
        Files.readString(Path.of("src/test/java/ru/elumenta/contract/DocsSnippetsTest.java"));
    List<String> run = regions(code, "(?s) *// DOCS\n(.*?) *// end");
    List<String> shown =
        new java.util.ArrayList<>(
            regions(page("validating-your-tests.md"), "(?s)```java\n(.*?)```"));
    shown.addAll(regions(page("against-the-real-service.md"), "(?s)```java\n(.*?)```"));

    org.assertj.core.api.Assertions.assertThat(shown).hasSize(4).containsExactlyElementsOf(run);
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("..", "docs", name));
  }

  private static List<String> regions(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1).stripTrailing().stripIndent())
        .toList();
  }

  @Test
  void anExchangeOfAnyClient() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    URI uri = URI.create(server.baseUrl() + "/api/v2/balance");
    // DOCS
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + key).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

    assertThat(Exchange.of(request, response)).obeysContract();
    // end
  }

  @Test
  void everythingAWireMockServerSaw() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    http.send(
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/v2/generate"))
            .POST(BodyPublishers.ofString("{\"promt\": \"Hi\"}"))
            .build(),
        BodyHandlers.ofString());
    assertThatThrownBy(
            () -> {
              // DOCS
              for (ServeEvent event : server.getAllServeEvents()) {
                assertThat(WireMockExchange.of(event)).requestObeysContract();
              }
              // end
            })
        .hasMessageContaining("UNKNOWN_MEMBER")
        .hasMessageContaining("BEARER_MISSING");
  }

  @Test
  void plainValuesAndAllFindings() {
    // DOCS
    RequestMessage request =
        RequestMessage.of(
            "POST",
            "/api/v2/generate",
            Map.of(
                "Authorization", List.of("Bearer " + key),
                "Content-Type", List.of("application/json")),
            "{\"model\": \"gpt-5\", \"promt\": \"Hi\"}");

    List<Finding> findings = ContractValidator.standard().check(request);
    // createGeneration request /promt: UNKNOWN_MEMBER: expected no such member, found "Hi"
    // end
    assertThat(findings).hasFinding("createGeneration", "/promt", Rule.UNKNOWN_MEMBER);
    org.assertj.core.api.Assertions.assertThat(findings.get(0).toString())
        .startsWith("createGeneration request /promt: UNKNOWN_MEMBER: expected no such member,");
  }

  @Test
  void liveTraffic(@TempDir Path folder) throws IOException {
    String baseUrl = server.baseUrl() + "/api/v2";
    Path file = folder.resolve("drift.md");
    server.stubFor(
        any(urlPathEqualTo("/api/v2/balance"))
            .willReturn(json("{\"token_balance\": 283, \"plan\": \"vip\"}")));
    // DOCS
    ContractFindings findings = new ContractFindings();
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(key)
            .baseUrl(baseUrl)
            .decorate(ValidatingClient.reportingTo(findings))
            .build()) {
      elumenta.balance();
    }
    findings.report().writeTo(file);
    assertThat(findings).isEmpty();
    // end
    org.assertj.core.api.Assertions.assertThat(file).content().contains("1 exchanges checked");
  }
}
