package ru.elumenta.contract.validation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.exchange.Rule;

/**
 * What the schema library says of one value, without the value: it may be a secret.
 *
 * @param keyword the keyword of the schema that is not obeyed
 * @param pointer a pointer to the value; empty for the whole
 * @param stated what the schema states behind the keyword
 * @param member the member that is missing or not known; empty for other keywords
 */
record SchemaMessage(String keyword, String pointer, JsonNode stated, String member) {
  private static final String TYPE = "type";

  /** Returns the messages about a value; those of alternatives are one. */
  static List<SchemaMessage> of(Collection<ValidationMessage> messages) {
    List<SchemaMessage> found = new ArrayList<>();
    Map<String, List<ValidationMessage>> alternatives = new LinkedHashMap<>();
    for (ValidationMessage message : messages) {
      Optional<String> choice = Choice.of(message);
      if (choice.isEmpty()) {
        found.add(of(message));
      } else {
        alternatives.computeIfAbsent(choice.get(), each -> new ArrayList<>()).add(message);
      }
    }
    alternatives.forEach((choice, nested) -> found.add(Choice.folded(choice, nested)));
    return found;
  }

  private static SchemaMessage of(ValidationMessage message) {
    return new SchemaMessage(
        message.getType(),
        message.getInstanceLocation().toString(),
        message.getSchemaNode(),
        Optional.ofNullable(message.getProperty()).orElse(""));
  }

  /** Alternatives of a schema, none of which a value fits. */
  private static final class Choice {
    private static final Set<String> KEYWORDS = Set.of("oneOf", "anyOf");

    /** Returns the keyword and the pointer to the value; empty if a message is of no choice. */
    static Optional<String> of(ValidationMessage message) {
      JsonNodePath path = message.getEvaluationPath();
      int depth = 0;
      for (int i = 0; i < path.getNameCount(); i++) {
        String name = path.getName(i);
        boolean isLast = i == path.getNameCount() - 1;
        if (KEYWORDS.contains(name)) {
          return Optional.of(name + " " + beginning(message.getInstanceLocation(), depth));
        }
        if (name.equals("properties")) {
          i++; // a member's name is no keyword
          depth++;
        } else if (!isLast && (name.equals("items") || name.equals("additionalProperties"))) {
          depth++;
        }
      }
      return Optional.empty();
    }

    private static String beginning(JsonNodePath location, int depth) {
      JsonNodePath path = location;
      while (path.getNameCount() > depth) {
        path = path.getParent();
      }
      return path.toString();
    }

    /** Alternatives that differ by their type alone are a matter of types. */
    static SchemaMessage folded(String choice, List<ValidationMessage> messages) {
      String keyword = choice.substring(0, choice.indexOf(' '));
      String pointer = choice.substring(choice.indexOf(' ') + 1);
      List<ValidationMessage> nested =
          messages.stream().filter(each -> !each.getType().equals(keyword)).toList();
      boolean areTypes =
          !nested.isEmpty()
              && nested.stream()
                  .allMatch(
                      each ->
                          each.getType().equals(TYPE)
                              && each.getInstanceLocation().toString().equals(pointer));
      if (!areTypes) {
        return new SchemaMessage(keyword, pointer, null, "");
      }
      ArrayNode types = JsonNodeFactory.instance.arrayNode();
      nested.forEach(each -> texts(each.getSchemaNode()).forEach(types::add));
      return new SchemaMessage(TYPE, pointer, types, "");
    }
  }

  Rule rule() {
    return switch (keyword) {
      case "required" -> Rule.REQUIRED;
      case "additionalProperties" -> Rule.UNKNOWN_MEMBER;
      case TYPE -> Rule.TYPE;
      case "enum", "const" -> Rule.ENUM;
      case "format" -> Rule.FORMAT;
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> Rule.RANGE;
      case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
          Rule.LENGTH;
      case "pattern" -> Rule.PATTERN;
      case "not" -> Rule.TYPE; // the contract says with it of which type an id is not
      case "oneOf", "anyOf", "allOf", "discriminator" -> Rule.ALTERNATIVES;
      default -> Rule.SCHEMA;
    };
  }

  String expected() {
    return switch (keyword) {
      case TYPE -> String.join(" or ", texts(stated));
      case "not" -> "another type";
      case "enum", "const" -> "one of " + String.join(", ", texts(stated));
      case "format" -> stated.asText();
      case "minimum", "maximum" -> keyword + ": " + stated.asText();
      case "exclusiveMinimum" -> "more than the minimum " + stated.asText();
      case "exclusiveMaximum" -> "less than the maximum " + stated.asText();
      case "minLength" -> "minimum required: " + stated.asText() + " characters";
      case "maxLength" -> "maximum allowed: " + stated.asText() + " characters";
      case "minItems" -> "at least " + stated.asText() + " elements";
      case "maxItems" -> "at most " + stated.asText() + " elements";
      case "minProperties" -> "at least " + stated.asText() + " members";
      case "maxProperties" -> "at most " + stated.asText() + " members";
      case "pattern" -> "text that matches " + stated.asText();
      case "oneOf", "anyOf", "allOf", "discriminator" ->
          "one of the alternatives (" + keyword + ")";
      default -> "what the schema says (" + keyword + ")";
    };
  }

  private static Set<String> texts(JsonNode stated) {
    Set<String> texts = new LinkedHashSet<>();
    if (stated.isArray()) {
      stated.forEach(each -> texts.add(each.asText()));
    } else {
      texts.add(stated.asText());
    }
    return texts;
  }

  JsonNode found(JsonNode body) {
    return body.at(JsonPointer.compile(pointer));
  }
}
