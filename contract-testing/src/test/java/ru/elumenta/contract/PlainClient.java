package ru.elumenta.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client that knows nothing of ours, and shows what is on the wire. */
final class PlainClient {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private final ElumentaSimulator service;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  PlainClient(ElumentaSimulator service) {
    this.service = service;
  }

  private HttpResponse<String> send(String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
            .header("Authorization", "Bearer " + service.apiKey())
            .timeout(Duration.ofSeconds(20));
    if (body != null) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String body) {
    return send(path, body);
  }

  HttpResponse<String> get(String path) {
    return send(path, null);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  static String request(String model, String prompt) {
    return MAPPER.createObjectNode().put("model", model).put("prompt", prompt).toString();
  }

  JsonNode generate(String model, String prompt) {
    return json(post("/generate", request(model, prompt)));
  }

  JsonNode history() {
    return json(get("/user/history"));
  }
}
