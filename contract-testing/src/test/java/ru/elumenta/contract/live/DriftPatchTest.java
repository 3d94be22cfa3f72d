package ru.elumenta.contract.live;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.contract.exchange.WireMockExchange;

/** A server that deviates in each of six ways, and the change of the contract that follows. */
class DriftPatchTest {
  private static final Path CONTRACT = Path.of("..", DriftFiles.CONTRACT);

  @TempDir private Path folder;

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final DriftPatch patch =
      new DriftPatch(new ContractSource(CONTRACT), DriftFiles.CONTRACT);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void answered(String path, int status, String body)
      throws IOException, InterruptedException {
    server.stubFor(
        any(urlPathEqualTo("/api/v2" + path))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body)));
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/v2" + path))
                    .header("Authorization", "Bearer nb_key")
                    .header("Accept", "application/json")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
  }

  private void propose() {
    List<ServeEvent> events = server.getAllServeEvents();
    patch.addRecorded(events.stream().map(WireMockExchange::of).toList());
  }

  private static String lineOf(String file, String after, String text) throws IOException {
    List<String> lines = Files.readAllLines(CONTRACT.resolve(file));
    for (int i = lines.indexOf(after); i < lines.size(); i++) {
      if (lines.get(i).strip().equals(text)) {
        return "%s/%s:%d".formatted(DriftFiles.CONTRACT, file, i + 2);
      }
    }
    throw new AssertionError(text);
  }

  @Test
  void sixKindsOfDriftAreNamedByLineAndOnePatchMakesTheContractSayThem() throws Exception {
    answered(
        "/models/gpt-5",
        200,
        """
        {"name": null, "token_cost": "12", "context": 128000, "tags": ["new"]}\
        """);
    answered("/generate/7", 200, "{\"id\": 7, \"status\": \"cancelled\"}");
    answered("/balance", 418, "{\"error\": \"teapot\"}");

    propose();

    assertThat(patch.table())
        .contains("| getModel /name TYPE | " + lineOf("schemas/models.yaml", "Model:", "name:"))
        .contains("null is allowed")
        .contains(
            "getModel /token_cost TYPE | " + lineOf("schemas/models.yaml", "Model:", "token_cost:"))
        .contains("the type is string")
        .contains("getModel /context UNKNOWN_MEMBER")
        .contains("the member context is added")
        .contains("getModel /slug REQUIRED | " + lineOf("schemas/models.yaml", "Model:", "slug:"))
        .contains("getGeneration /status ENUM")
        .contains("cancelled is one of the values")
        .contains("getBalance status STATUS")
        .contains("the status 418 is added");
    Path copy = applied();
    assertThat(Files.readString(copy.resolve("schemas/models.yaml")))
        .contains("    name:\n      type: string\n      nullable: true\n")
        .contains("    token_cost:\n      type: string\n      description: Base price")
        .contains("    context:\n      type: integer\n      format: int64\n")
        .contains("    tags:\n      type: array\n      items: {}\n")
        .doesNotContain(
            "  required:\n"
                + "    - slug\n"
                + "  properties:\n"
                + "    slug:\n"
                + "      type: string\n"
                + "      description: Name to use in requests");
    assertThat(Files.readString(copy.resolve("schemas/generations.yaml")))
        .contains("    - failed\n    - cancelled\n");
    SwaggerParseResult read = parsed(copy);
    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getPaths().get("/balance").getGet().getResponses())
        .containsKey("418");
  }

  @Test
  void trafficThatObeysTheContractLeavesNothingToPatch() throws Exception {
    answered("/models/gpt-5", 200, "{\"slug\": \"gpt-5\"}");

    propose();

    assertThat(patch.diff()).isEmpty();
  }

  @Test
  void whatIsSeenTwiceIsChangedOnce() throws Exception {
    answered("/models/gpt-5", 200, "{\"slug\": \"gpt-5\", \"context\": 1}");
    answered("/models/gpt-5", 200, "{\"slug\": \"gpt-5\", \"context\": 2}");

    propose();

    assertThat(patch.diff()).containsOnlyOnce("+    context:");
    assertThat(patch.table().lines()).hasSize(3);
  }

  /** As a maintainer would: a copy of the contract, and git. */
  private Path applied() throws IOException, InterruptedException {
    Path copy = folder.resolve(DriftFiles.CONTRACT);
    try (Stream<Path> files = Files.walk(CONTRACT)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(CONTRACT.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    Files.writeString(folder.resolve("drift.patch"), patch.diff());
    Process git =
        new ProcessBuilder("git", "apply", "--verbose", "drift.patch")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said + patch.diff()).isZero();
    return copy;
  }

  private static SwaggerParseResult parsed(Path contract) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return new OpenAPIV3Parser()
        .readLocation(contract.resolve("openapi.yaml").toString(), null, options);
  }
}
