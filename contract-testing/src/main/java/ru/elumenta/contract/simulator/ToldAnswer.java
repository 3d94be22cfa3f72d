package ru.elumenta.contract.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;

/** An answer as faults have it told: other rows, other members, or another altogether. */
final class ToldAnswer {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MULTIPLE_CHOICES = 300;

  private ToldAnswer() {}

  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns the answer as it is told; a refusal, or what is no JSON, stays. */
  static Answer of(Answer answer, Fault fault) {
    if (fault == null
        || answer.status() >= MULTIPLE_CHOICES
        || !"application/json".equals(answer.contentType())) {
      return answer;
    }
    JsonNode told = null;
    for (Fault part : fault.parts()) {
      if (part.kind() == FaultKind.ROWS || part.kind() == FaultKind.MEMBERS) {
        told = told == null ? tree(answer) : told;
        told = part.kind() == FaultKind.ROWS ? RowChanges.apply(told, part) : member(told, part);
      }
    }
    return told == null ? answer : answer.withBody(Json.bytes(told));
  }

  /** What of a fault is in the answer itself, and not on the wire. */
  static Answer spoiled(Answer answer, Fault fault) {
    if (fault.kind() == FaultKind.ANSWER) {
      Answer other =
          new Answer(
              fault.status(),
              fault.contentType(),
              fault.body().getBytes(StandardCharsets.UTF_8),
              Map.of());
      for (Map.Entry<String, String> header : fault.headers().entrySet()) {
        other = other.with(header.getKey(), header.getValue());
      }
      return other;
    }
    if (fault.kind() == FaultKind.BROKEN_JSON) {
      return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
    }
    return answer == null ? Answer.empty(200) : answer;
  }

  private static JsonNode tree(Answer answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer, its elements, or its items: whatever of that is an object. */
  static List<ObjectNode> objects(JsonNode answer) {
    List<ObjectNode> objects = new ArrayList<>();
    JsonNode elements = answer.path("items").isArray() ? answer.get("items") : answer;
    if (elements instanceof ObjectNode one) {
      objects.add(one);
    } else {
      elements.forEach(
          each -> {
            if (each instanceof ObjectNode one) {
              objects.add(one);
            }
          });
    }
    return objects;
  }

  private static JsonNode member(JsonNode answer, Fault fault) {
    Map<String, String> arguments = fault.arguments();
    if (arguments.containsKey("word")) {
      String known = fault.name().equals("wordForPending") ? "pending" : "completed";
      for (ObjectNode each : objects(answer)) {
        if (each.path("status").asText().equals(known)) {
          each.set("status", TextNode.valueOf(arguments.get("word")));
        }
      }
      return answer;
    }
    String[] path = arguments.get("member").split("\\.");
    boolean isOfTheWhole = answer.has(path[0]);
    for (ObjectNode each : isOfTheWhole ? List.of((ObjectNode) answer) : objects(answer)) {
      change(each, path, fault);
    }
    return answer;
  }

  private static void change(ObjectNode object, String[] path, Fault fault) {
    ObjectNode inner = object;
    for (int i = 0; i < path.length - 1; i++) {
      inner = inner.get(path[i]) instanceof ObjectNode known ? known : inner.putObject(path[i]);
    }
    String name = path[path.length - 1];
    switch (fault.name()) {
      case "member" -> inner.set(name, read(fault.arguments().get("value")));
      case "withoutMember" -> inner.remove(name);
      default -> {
        JsonNode value = inner.remove(name);
        if (value != null) {
          inner.set(fault.arguments().get("name"), value);
        }
      }
    }
  }
}
