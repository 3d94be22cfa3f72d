package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import ru.elumenta.openapi.Contract.PlacedSchema;

/** One operation of a contract. */
record Operation(String method, String path, JsonNode node) {
  String name() {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  String text(String member) {
    return node.path(member).asText();
  }

  Map<String, JsonNode> responses() {
    Map<String, JsonNode> responses = new LinkedHashMap<>();
    node.path("responses").properties().forEach(e -> responses.put(e.getKey(), e.getValue()));
    return responses;
  }

  Map<String, JsonNode> errors() {
    Map<String, JsonNode> errors = responses();
    errors.keySet().removeIf(status -> status.startsWith("2"));
    return errors;
  }

  Map<String, JsonNode> successes() {
    Map<String, JsonNode> successes = responses();
    successes.keySet().removeIf(status -> !status.startsWith("2"));
    return successes;
  }

  /** Returns request and responses by a name for messages. */
  Map<String, JsonNode> bodies() {
    Map<String, JsonNode> bodies = new LinkedHashMap<>();
    if (node.has("requestBody")) {
      bodies.put("request", node.get("requestBody"));
    }
    bodies.putAll(responses());
    return bodies;
  }

  /** Returns the schemas of parameters, bodies and headers, without their parts. */
  List<PlacedSchema> schemas() {
    List<PlacedSchema> schemas = new ArrayList<>();
    for (JsonNode parameter : node.path("parameters")) {
      schemas.add(placed(parameter.path("name").asText(), parameter));
    }
    for (Entry<String, JsonNode> body : bodies().entrySet()) {
      for (Entry<String, JsonNode> media : body.getValue().path("content").properties()) {
        schemas.add(placed(body.getKey(), media.getValue()));
      }
      for (Entry<String, JsonNode> header : body.getValue().path("headers").properties()) {
        schemas.add(placed(body.getKey() + " " + header.getKey(), header.getValue()));
      }
    }
    return schemas;
  }

  private PlacedSchema placed(String part, JsonNode holder) {
    return new PlacedSchema(name() + " " + part, holder.path("schema"));
  }
}
