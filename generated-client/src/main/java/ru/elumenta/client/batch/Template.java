package ru.elumenta.client.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.client.batch.RequestMaker.Unusable;

/** A request with places for what a row has. Immutable. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{|\\{([^{}]+)}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode request;

  Template(ObjectNode request) {
    this.request = request;
  }

  /** Refuses a place that no column is for, before anything is sent. */
  void checkColumns(List<String> columns) {
    Set<String> missing = new TreeSet<>();
    collect(request, missing);
    columns.forEach(column -> missing.remove(column.strip()));
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The template has %s, and the input no such column, but %s. Write {{ for a brace."
              .formatted(missing, columns));
    }
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isTextual()) {
      Matcher place = PLACE.matcher(node.textValue());
      while (place.find()) {
        if (place.group(1) != null) {
          names.add(place.group(1));
        }
      }
    }
    node.forEach(each -> collect(each, names));
  }

  /**
   * Makes a request of it.
   *
   * @param isTyped whether the texts of a row may stand for numbers, as cells do
   */
  ObjectNode fill(ObjectNode values, boolean isTyped) throws Unusable, JsonProcessingException {
    ObjectNode filled = NODES.objectNode();
    for (var member : request.properties()) {
      boolean isParams = member.getKey().equals("params");
      filled.set(member.getKey(), filled(member.getValue(), values, isTyped && isParams));
    }
    return filled;
  }

  private static JsonNode filled(JsonNode node, ObjectNode values, boolean isTyped)
      throws Unusable, JsonProcessingException {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = NODES.objectNode();
      for (var member : object.properties()) {
        copy.set(member.getKey(), filled(member.getValue(), values, isTyped));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = NODES.arrayNode();
      for (JsonNode each : array) {
        copy.add(filled(each, values, isTyped));
      }
      return copy;
    }
    return node.isTextual() ? text(node.textValue(), values, isTyped) : node;
  }

  /** What is a place and nothing else takes over the type of what is put there. */
  private static JsonNode text(String text, ObjectNode values, boolean isTyped)
      throws Unusable, JsonProcessingException {
    Matcher place = PLACE.matcher(text);
    if (place.matches() && place.group(1) != null) {
      JsonNode value = value(place.group(1), values);
      return value.isTextual() && isTyped ? RequestMaker.typed(value.textValue()) : value;
    }
    place.reset();
    StringBuilder filled = new StringBuilder();
    while (place.find()) {
      String put = place.group(1) == null ? "{" : asText(value(place.group(1), values));
      place.appendReplacement(filled, Matcher.quoteReplacement(put));
    }
    return TextNode.valueOf(place.appendTail(filled).toString());
  }

  private static String asText(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static JsonNode value(String name, ObjectNode values) throws Unusable {
    JsonNode value = values.get(name);
    if (value == null || value.isNull()) {
      throw new Unusable("has nothing for {%s} of the template".formatted(name));
    }
    return value;
  }
}
