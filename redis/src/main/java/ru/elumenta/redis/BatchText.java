package ru.elumenta.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.redis.BatchOutcome.Status;

/** Requests and outcomes of a batch as they are kept: JSON, encrypted. */
final class BatchText {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final TokenKeys keys;
  private final String place;

  /** Bound to a place, so that what is kept in one batch cannot be put into another. */
  BatchText(TokenKeys keys, String place) {
    this.keys = keys;
    this.place = place;
  }

  private String hidden(String id, String text) {
    return keys.encrypt(place + "|" + id, text);
  }

  private String shown(String id, String text) {
    return keys.decrypt(place + "|" + id, text);
  }

  String request(BatchItem item) {
    try {
      return hidden(item.id(), JSON.writeValueAsString(item.request()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The request of " + item.id() + " cannot be JSON.", e);
    }
  }

  BatchItem item(String id, String request) {
    try {
      return new BatchItem(id, JSON.readValue(shown(id, request), GenerationRequest.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The request of " + id + " is damaged.");
    }
  }

  /** What has the same price as others: all but the words. */
  static String priceKey(GenerationRequest request) {
    ObjectNode json = JSON.valueToTree(request);
    json.remove(java.util.List.of("prompt", "messages", "system", "text"));
    return json.toString();
  }

  String outcome(BatchOutcome outcome) {
    ObjectNode json = JSON.createObjectNode();
    json.put("status", outcome.status().name()).put("counted", outcome.counted());
    outcome.generation().ifPresent(id -> json.put("generation", id));
    outcome.tokens().ifPresent(tokens -> json.put("tokens", tokens));
    outcome.text().ifPresent(text -> json.put("text", text));
    outcome.fileUrl().ifPresent(url -> json.put("url", url));
    outcome.reason().ifPresent(word -> json.put("reason", word));
    outcome.message().ifPresent(sentence -> json.put("message", sentence));
    return hidden(outcome.id(), json.toString());
  }

  BatchOutcome outcome(String id, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(shown(id, text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("What became of " + id + " is damaged.");
    }
    return new BatchOutcome(
        id,
        Status.valueOf(json.path("status").asText()),
        word(json, "generation"),
        json.has("tokens") ? OptionalLong.of(json.get("tokens").asLong()) : OptionalLong.empty(),
        json.path("counted").asLong(),
        word(json, "text"),
        word(json, "url"),
        word(json, "reason"),
        word(json, "message"));
  }

  private static Optional<String> word(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }
}
