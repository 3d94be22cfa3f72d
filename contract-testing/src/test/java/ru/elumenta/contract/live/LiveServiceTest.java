package ru.elumenta.contract.live;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import ru.elumenta.contract.DocumentedAnswers;

/** The tests for the real service do what they promise, seen with servers that are not. */
class LiveServiceTest {
  private static final String KEY = "nb_test_SECRETKEY0123456789abcdefghijklmnopqrst";
  private static final Map<String, String> READS =
      Map.of(
          "/models/gpt-5", "getModel",
          "/balance", "getBalance",
          "/user/balance", "getUserBalance",
          "/user/me", "getMe",
          "/user/stats", "getStats",
          "/user/settings", "getSettings",
          "/user/history", "listHistory");

  @TempDir private Path folder;

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  @BeforeEach
  void serveDocumentedAnswers() {
    server.start();
    answer("/models", 200, "application/json", "[]");
    answer("/keys", 200, "application/json", "[]");
    READS.forEach(
        (path, operation) ->
            answer(path, 200, "application/json", DocumentedAnswers.to(operation)));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void answer(String path, int status, String type, String body) {
    server.stubFor(
        any(urlPathEqualTo("/api/v2" + path))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", type)
                    .withHeader("X-RateLimit-Limit-Hour", "100")
                    .withBody(body)));
  }

  private EngineExecutionResults run(String key) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(LiveServiceIT.class))
        .configurationParameter(LiveService.BASE_URL, server.baseUrl() + "/api/v2")
        .configurationParameter(LiveService.KEY, key)
        .configurationParameter(LiveService.REPORT, report().toString())
        .execute();
  }

  private Path report() {
    return folder.resolve("drift-report.md");
  }

  private List<String> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream().map(LiveServiceTest::message).toList();
  }

  private static String message(Event event) {
    return event
        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
        .getThrowable()
        .map(Throwable::getMessage)
        .orElse("");
  }

  @Test
  void aServiceThatObeysTheContractPassesWithOneTryOfEachRead() throws IOException {
    EngineExecutionResults results = run(KEY);

    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(9);
    List<LoggedRequest> requests = server.findAll(anyRequestedFor(anyUrl()));
    assertThat(requests).hasSize(9).allMatch(each -> each.getMethod().getName().equals("GET"));
    assertThat(requests.stream().map(LoggedRequest::getUrl).distinct()).hasSize(9);
    assertThat(Files.readString(report()))
        .contains("9 exchanges checked, 0 findings")
        .contains("| getModel | 1 | 0 |")
        .doesNotContain("SECRETKEY");
  }

  @Test
  void aServiceThatDriftsFailsWhereItBreaksReadersAndTheReportTellsTheRest() throws IOException {
    answer("/balance", 500, "text/html", "<html>" + KEY + "</html>");
    answer(
        "/models/gpt-5",
        200,
        "application/json",
        "{\"slug\": \"gpt-5\", \"token_cost\": \"" + KEY + "\"}");
    String me = DocumentedAnswers.to("getMe");
    answer("/user/me", 200, "application/json", me.replaceFirst("\\{", "{\"avatar\": null,"));

    List<String> failures = failures(run(KEY));

    assertThat(failures).hasSize(2);
    assertThat(failures.get(0)).contains("getModel response /token_cost: TYPE");
    assertThat(failures.get(1)).contains("getBalance response header Content-Type: CONTENT_TYPE");
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(9);
    assertThat(Files.readString(report()))
        .contains("9 exchanges checked, 3 findings, 2 of which a tolerant reader would notice.")
        .contains("| 1 | getMe | response | /avatar | UNKNOWN_MEMBER |")
        .doesNotContain("SECRETKEY");
    assertThat(failures.toString()).doesNotContain("SECRETKEY");
  }

  @Test
  void aRefusedKeyIsAFailureThoughTheRefusalObeysTheContract() {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withHeader("Content-Type", "application/json")
                    .withBody("{\"error\": \"not_authenticated\", \"message\": \"no\"}")));

    assertThat(failures(run(KEY))).hasSize(9).allMatch(each -> each.contains("401"));
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(9);
  }

  @Test
  void withoutAKeyNothingIsSentAndASentenceSaysWhatToDo() {
    assertThat(failures(run(" ")))
        .singleElement()
        .asString()
        .contains("set the environment variable ELUMENTA_API_KEY");
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    assertThat(report()).doesNotExist();
  }
}
