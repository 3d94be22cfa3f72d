package ru.elumenta.contract.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;

/**
 * A service that is not as documented, and what a proxy between it and a caller would record: a HAR
 * file. Also a program, which takes the file.
 */
final class DeviatingService {
  private static final JsonMapper JSON = new JsonMapper();

  private DeviatingService() {}

  public static void main(String[] args) throws Exception {
    record(Path.of(args[0]));
  }

  /** Calls the service and records what is said, key and all. */
  static void record(Path file) throws IOException, InterruptedException {
    try (ElumentaSimulator service = ElumentaSimulator.start()) {
      service
          .always()
          .to("getModel")
          .fail(
              AnswerFaults.member("token_cost", "\"5\"")
                  .and(AnswerFaults.member("context_window", "128000"))
                  .and(AnswerFaults.renamedMember("name", "title")));
      service.always().to("getBalance").fail(AnswerFaults.withoutMember("plan"));
      service.always().to("getMe").fail(AnswerFaults.member("plan", "null"));
      service.always().to("getGeneration").fail(AnswerFaults.member("processing_ms", "1.5"));
      service.always().to("getStats").fail(Fault.error(404, "not_found"));
      ObjectNode har = JSON.createObjectNode();
      ArrayNode entries = har.putObject("log").put("version", "1.2").putArray("entries");
      String made =
          exchange(
              service, "POST", "/generate", "{\"model\": \"gpt-5\", \"prompt\": \"Hi\"}", entries);
      String id = JSON.readTree(made).path("id").asText();
      for (String path :
          List.of("/generate/" + id, "/models/gpt-5", "/models/dall-e-3", "/balance", "/user/me")) {
        exchange(service, "GET", path, null, entries);
      }
      exchange(service, "GET", "/user/stats", null, entries);
      JSON.writeValue(file.toFile(), har);
    }
  }

  private static String exchange(
      ElumentaSimulator service, String method, String path, String body, ArrayNode entries)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
            .header("Authorization", "Bearer " + service.apiKey())
            .header("Accept", "application/json");
    if (body == null) {
      request.GET();
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    ObjectNode entry = entries.addObject();
    ObjectNode sent = entry.putObject("request");
    sent.put("method", method).put("url", service.baseUrl() + path);
    headers(sent, request.build().headers().map());
    if (body != null) {
      sent.putObject("postData").put("mimeType", "application/json").put("text", body);
    }
    ObjectNode answered = entry.putObject("response").put("status", response.statusCode());
    headers(answered, response.headers().map());
    answered
        .putObject("content")
        .put("mimeType", response.headers().firstValue("Content-Type").orElse(""))
        .put("text", response.body());
    return response.body();
  }

  private static void headers(ObjectNode message, Map<String, List<String>> headers) {
    ArrayNode list = message.putArray("headers");
    headers.forEach(
        (name, values) ->
            values.forEach(value -> list.addObject().put("name", name).put("value", value)));
  }
}
