package ru.elumenta.contract.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.exchange.RequestMessage;

/** What a request to the control says: its query, its form or its JSON. */
final class Query {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Query() {}

  /** Returns the fields of a query or a form; of several of one name the last. */
  static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String each : encoded.split("&")) {
      String[] parts = each.split("=", 2);
      fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "The query or the form is not escaped as it should be.");
    }
  }

  static Map<String, String> form(RequestMessage request) {
    return fields(new String(request.body(), StandardCharsets.UTF_8));
  }

  static long number(RequestMessage request, String name, long otherwise) {
    String text = fields(request.query()).get(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused(400, "%s is '%s', and must be a whole number.".formatted(name, text));
    }
  }

  /** Returns the body, which is an object. */
  static ObjectNode json(RequestMessage request) {
    try {
      if (MAPPER.readTree(new String(request.body(), StandardCharsets.UTF_8))
          instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Refused below.
    }
    throw new Refused(400, "The body must be a JSON object.");
  }

  /** Refuses members that nobody would read. */
  static void checkMembers(JsonNode object, String... possible) {
    List<String> unknown = new ArrayList<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(List.of(possible));
    if (!unknown.isEmpty()) {
      throw new Refused(
          400,
          "There is no member %s; there are %s."
              .formatted(unknown.get(0), String.join(", ", possible)));
    }
  }
}
