package ru.elumenta.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.contract.ElumentaSimulator;

/** The simulator asked and driven over HTTP, as a test in another language would. */
class ControlTest {
  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> send(String method, String url, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> control(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, service.consoleUrl() + path, body);
  }

  private JsonNode json(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = control(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).doesNotContain(service.apiKey());
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> generate(String body) throws IOException, InterruptedException {
    return send(
        "POST",
        service.baseUrl() + "/generate",
        body,
        "Authorization",
        "Bearer " + service.apiKey(),
        "Content-Type",
        "application/json");
  }

  private HttpResponse<String> image() throws IOException, InterruptedException {
    return generate("{\"model\":\"dall-e-3\",\"prompt\":\"A lighthouse\"}");
  }

  @Test
  void faultsAreArmedAndChargesAreRead() throws Exception {
    json(
        "POST",
        "faults",
        """
        {"fault":"gatewayTimeout","operation":"createGeneration","times":1,
         "and":[{"fault":"lateRows","arguments":{"time":"3m"}}]}
        """);
    JsonNode waiting = json("GET", "faults", "").get("waiting");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).get("fault").asText())
        .isEqualTo("gatewayTimeout(504) and lateRows{time=PT3M}");

    assertThat(image().statusCode()).isEqualTo(504);
    assertThat(image().statusCode()).isEqualTo(200);

    JsonNode charges = json("GET", "charges", "");
    assertThat(charges.get("charges").asInt()).isEqualTo(2);
    assertThat(charges.get("doubleCharges").asInt()).isEqualTo(1);
    assertThat(charges.at("/items/0/hidden").asBoolean()).isTrue();
    assertThat(charges.at("/items/1/double").asBoolean()).isTrue();
    assertThat(charges.at("/items/1/input").asText()).isEqualTo("A lighthouse");
    JsonNode state = json("GET", "state", "");
    assertThat(state.get("tokensCharged").asInt()).isEqualTo(10);
    assertThat(state.get("balance").asInt()).isEqualTo(1490);
    assertThat(state.get("requests").asInt()).as("only the service's count").isEqualTo(2);
    assertThat(state.at("/windows/hour/used").asInt()).isEqualTo(2);
    assertThat(service.exchanges()).hasSize(2);
    assertThat(service.findings()).isEmpty();
  }

  @Test
  void argumentsMayBeJsonAndAlwaysIsForAll() throws Exception {
    json(
        "POST",
        "faults",
        "{\"fault\":\"member\",\"times\":\"always\",\"arguments\":{\"name\":\"thumbnail_url\",\"json\":[]}}");
    json("POST", "faults", "{\"fault\":\"modelUnavailable\",\"model\":\"gpt-5\",\"times\":2}");
    assertThat(image().body()).contains("\"thumbnail_url\":[]");
    assertThat(json("GET", "state", "").get("faultsLeft").asInt()).isEqualTo(1);

    assertThat(json("DELETE", "faults", "").get("waiting")).isEmpty();
    assertThat(image().body()).contains("\"thumbnail_url\":null");
  }

  @Test
  void theConversationAndItsFindingsAreToldAndNoKeyIs() throws Exception {
    generate("{\"model\":\"dall-e-3\",\"promt\":\"" + service.apiKey() + "\"}");
    image();

    JsonNode all = json("GET", "conversation", "").get("items");
    assertThat(all).hasSize(2);
    assertThat(all.get(0).get("status").asInt()).isEqualTo(422);
    assertThat(all.get(0).get("request").asText()).contains("\"promt\":\"[hidden]\"");
    assertThat(json("GET", "conversation?since=1", "").get("items"))
        .singleElement()
        .satisfies(each -> assertThat(each.get("number").asInt()).isEqualTo(2));
    JsonNode findings = json("GET", "findings", "").get("items");
    assertThat(findings).isNotEmpty();
    assertThat(findings.get(0).get("place").asText()).isEqualTo("/promt");
    assertThat(findings.get(0).get("number").asInt()).isEqualTo(1);
  }

  @Test
  void timePassesTheAccountChangesAndAllIsForgotten() throws Exception {
    generate("{\"model\":\"kling-v2.1\",\"prompt\":\"A storm\"}");
    assertThat(json("GET", "state", "").get("jobs")).hasSize(1);
    JsonNode later = json("POST", "time", "{\"advance\":\"1h\"}");
    assertThat(later.get("jobs")).isEmpty();
    assertThat(later.get("time").asText()).isEqualTo("2026-03-08T13:00:00Z");

    json("POST", "account", "{\"balance\":3,\"plan\":\"elite\"}");
    assertThat(image().statusCode()).isEqualTo(402);
    json("POST", "account", "{\"balance\":30,\"plan\":\"vip\",\"exhaustHour\":true}");
    assertThat(image().statusCode()).isEqualTo(429);

    String key = service.apiKey();
    JsonNode fresh = json("POST", "reset", "");
    assertThat(fresh.get("charges").asInt()).isZero();
    assertThat(fresh.get("requests").asInt()).isZero();
    assertThat(service.apiKey()).as("the seed decides the key").isEqualTo(key);
    assertThat(control("GET", "key", "").body()).contains("\"apiKey\":\"" + key + "\"");
    assertThat(image().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | charge | `` | 404 | There is no GET /charge here; there are GET state, charges,",
        "PUT | faults | {} | 404 | There is no PUT /faults here",
        "POST | faults | `` | 400 | The body must be a JSON object.",
        "POST | faults | [] | 400 | The body must be a JSON object.",
        "POST | faults | {\"fault\":\"stahl\"} | 400 | There is no fault stahl; there are"
            + " modelUnavailable,",
        "POST | faults | {\"fault\":\"stall\",\"operations\":\"x\"} | 400 | There is no member"
            + " operations; there are fault, arguments,",
        "POST | faults | {\"fault\":\"stall\",\"operation\":\"x\"} | 400 | The contract has no"
            + " operation x; it has createGeneration",
        "POST | faults | {\"fault\":\"nullRows\",\"operation\":\"getMe\"} | 400 | The fault"
            + " nullRows cannot come to getMe; it can to listHistory.",
        "POST | faults | {\"fault\":\"stall\",\"times\":0} | 400 | times is '0', and must be",
        "POST | faults | {\"fault\":\"slowJob\",\"arguments\":{\"for\":\"1m\"}} | 400 | The fault"
            + " slowJob takes no for; it takes time.",
        "POST | faults | {\"fault\":\"oddRows\",\"arguments\":{\"json\":\"{\"}} | 400 | This is no"
            + " JSON",
        "POST | time | {\"advance\":\"-1h\"} | 400 | Time goes forward only.",
        "POST | time | {\"advance\":\"soon\"} | 400 | 'soon' is no duration",
        "POST | account | {\"plan\":\"gold\"} | 400 | plan is 'gold', and must be one of free,"
            + " basic, pro, vip, elite.",
        "POST | account | {\"balance\":-1} | 400 | balance must be a whole number from 0 on.",
        "GET | conversation?since=x | `` | 400 | since is 'x', and must be a whole number."
      })
  void whatIsWrongIsSaidInOneSentence(
      String method, String path, String body, int status, String sentence) throws Exception {
    HttpResponse<String> answer = control(method, path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).get("error").asText())
        .startsWith(sentence);
    assertThat(service.requests()).isZero();
    assertThat(service.faultsLeft()).isZero();
  }

  @Test
  void aPageOfSomebodyElseInABrowserCanDoNothing() throws Exception {
    String url = service.consoleUrl();
    String order = "{\"fault\":\"stall\"}";

    assertThat(send("POST", url + "faults", order, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", url + "do/reset", "", "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(send("POST", url + "reset", "", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    String rebound =
        "GET /__elumenta/key HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", URI.create(url).getPort())) {
      socket.getOutputStream().write(rebound.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403 ")
          .doesNotContain(service.apiKey());
    }
    assertThat(service.faultsLeft()).isZero();
  }

  /** The examples of the page, run as they stand there but for the address. */
  @ParameterizedTest
  @CsvSource({"sh, bash, 0", "python, python3, 0"})
  void theExamplesOfThePageRun(String language, String program, int code) throws Exception {
    Assumptions.assumeTrue(isInstalled(program), program + " is not installed");
    Assumptions.assumeTrue(isInstalled("curl"), "curl is not installed");
    Matcher example =
        Pattern.compile("(?s)```" + language + "\n([^`]*__elumenta[^`]*)```")
            .matcher(Files.readString(Path.of("..", "docs", "simulating-failures.md")));
    assertThat(example.find()).isTrue();
    String origin = service.consoleUrl().replace("/__elumenta/", "");
    Path file = Files.createTempFile("example", "." + language);
    Files.writeString(file, example.group(1).replace("http://127.0.0.1:8080", origin));

    Process run = new ProcessBuilder(program, file.toString()).redirectErrorStream(true).start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(printed).isEqualTo(code);
    assertThat(service.charges()).as(printed).isEqualTo(1);
    assertThat(service.faultsLeft()).isZero();
    Files.delete(file);
  }

  private static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
