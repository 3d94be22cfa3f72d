package ru.elumenta.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import ru.elumenta.contract.exchange.Exchange;

/** The samples of the contract, and exchanges made of them. */
final class ContractSamples {
  private static final JsonNode ROOT = read();

  /** A documented upload, in bytes. */
  static final String UPLOAD =
      """
      --sample-boundary
      Content-Disposition: form-data; name="audio"; filename="speech.mp3"
      Content-Type: audio/mpeg

      ID3
      --sample-boundary
      Content-Disposition: form-data; name="model"

      elevenlabs-scribe
      --sample-boundary
      Content-Disposition: form-data; name="diarize"

      true
      --sample-boundary--
      """
          .replace("\n", "\r\n");

  private ContractSamples() {}

  /** Every sample of a response with every sample of its request, by name. */
  static Map<String, Exchange> all() {
    Map<String, Exchange> all = new LinkedHashMap<>();
    for (String operation : operations()) {
      for (String request : requestSamples(operation)) {
        for (Entry<String, JsonNode> answer : operation(operation).path("responses").properties()) {
          for (String sample : samplesOf(resolved(answer.getValue()))) {
            all.put(
                String.join(" ", operation, request, answer.getKey(), sample),
                of(operation, request, Integer.parseInt(answer.getKey()), sample).build());
          }
        }
      }
    }
    return all;
  }

  /** Makes an exchange; an empty name stands for a message without a body. */
  static SampleExchange of(String operation, String request, int status, String answer) {
    String[] methodAndPath = methodAndPath(operation);
    SampleExchange exchange =
        new SampleExchange(
            methodAndPath[0],
            "/api/v2"
                + methodAndPath[1]
                    .replace("{generation_id}", "18473")
                    .replace("{key_id}", "7")
                    .replace("{slug}", "gpt-5"));
    if (!operation(operation).path("security").isArray()) {
      exchange.header("Authorization", "Bearer " + SampleExchange.KEY);
    }
    JsonNode body = operation(operation).path("requestBody");
    if (!request.isEmpty()) {
      exchange
          .header("Content-Type", "application/json")
          .body(SampleExchange.bytes(example(body, request)));
    } else if (body.at("/content").has("multipart/form-data")) {
      exchange.header("Content-Type", "multipart/form-data; boundary=sample-boundary").body(UPLOAD);
    }
    exchange.status(status);
    if (!answer.isEmpty()) {
      JsonNode response =
          resolved(operation(operation).path("responses").path(String.valueOf(status)));
      JsonNode value = example(response, answer);
      String type = response.path("content").fieldNames().next();
      exchange
          .answerHeader("content-type", type)
          .answer(
              type.equals("application/json")
                  ? SampleExchange.bytes(value)
                  : value.asText().getBytes(StandardCharsets.UTF_8));
    }
    return exchange
        .answerHeader("x-ratelimit-limit-hour", "100")
        .answerHeader("x-ratelimit-remaining-hour", "87")
        .answerHeader("x-ratelimit-reset-hour", "1709903600");
  }

  static List<String> operations() {
    List<String> ids = new ArrayList<>();
    for (JsonNode path : ROOT.path("paths")) {
      path.forEach(operation -> ids.add(operation.path("operationId").asText()));
    }
    return ids;
  }

  /** The names of the samples of a request; the empty one if there is none. */
  private static List<String> requestSamples(String operation) {
    List<String> names = samplesOf(operation(operation).path("requestBody"));
    return names.isEmpty() ? List.of("") : names;
  }

  /** The names of the samples of a request or response; the empty one if it has no body. */
  private static List<String> samplesOf(JsonNode message) {
    List<String> names = new ArrayList<>();
    for (JsonNode media : message.path("content")) {
      media.path("examples").fieldNames().forEachRemaining(names::add);
    }
    return names.isEmpty() && !message.has("content") ? List.of("") : names;
  }

  private static JsonNode example(JsonNode message, String name) {
    for (JsonNode media : message.path("content")) {
      if (media.path("examples").has(name)) {
        return resolved(media.path("examples").path(name)).path("value");
      }
    }
    throw new IllegalArgumentException("The contract has no such sample: " + name);
  }

  private static JsonNode operation(String id) {
    for (JsonNode path : ROOT.path("paths")) {
      for (JsonNode operation : path) {
        if (operation.path("operationId").asText().equals(id)) {
          return operation;
        }
      }
    }
    throw new IllegalArgumentException("The contract has no such operation: " + id);
  }

  private static String[] methodAndPath(String id) {
    for (Entry<String, JsonNode> path : ROOT.path("paths").properties()) {
      for (Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().path("operationId").asText().equals(id)) {
          return new String[] {method.getKey().toUpperCase(Locale.ROOT), path.getKey()};
        }
      }
    }
    throw new IllegalArgumentException("The contract has no such operation: " + id);
  }

  private static JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolved(ROOT.at(reference.substring(1)));
  }

  private static JsonNode read() {
    try (InputStream in =
        ContractSamples.class.getResourceAsStream("/elumenta-openapi/elumenta.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
