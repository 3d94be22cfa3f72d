package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;

/**
 * An OpenAPI document with every reference replaced by what it points to, and the ways to look
 * through it.
 */
record Contract(JsonNode document) {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** A schema, or a part of one, and where it stands. */
  record PlacedSchema(String place, JsonNode node) {}

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  JsonNode component(String schema) {
    return document.at("/components/schemas/" + schema);
  }

  JsonNode components() {
    return document.at("/components/schemas");
  }

  /** Returns every schema of the document with all its parts, the parts after the whole. */
  List<PlacedSchema> schemas() {
    List<PlacedSchema> found = new ArrayList<>();
    components().properties().forEach(e -> collect(e.getKey(), e.getValue(), found));
    for (Operation operation : operations()) {
      operation.schemas().forEach(schema -> collect(schema.place(), schema.node(), found));
    }
    return found;
  }

  private static void collect(String place, JsonNode schema, List<PlacedSchema> found) {
    found.add(new PlacedSchema(place, schema));
    for (Entry<String, JsonNode> property : schema.path("properties").properties()) {
      collect(place + "." + property.getKey(), property.getValue(), found);
    }
    for (String list : List.of("oneOf", "anyOf", "allOf")) {
      int index = 0;
      for (JsonNode part : schema.path(list)) {
        collect(place + "." + list + "[" + index++ + "]", part, found);
      }
    }
    if (schema.path("items").isObject()) {
      collect(place + "[]", schema.get("items"), found);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(place + "{}", schema.get("additionalProperties"), found);
    }
  }
}
