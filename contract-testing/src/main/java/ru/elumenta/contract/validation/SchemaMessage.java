package ru.elumenta.contract.validation;

import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.Rule;

/**
 * Takes a message of the schema library apart. Its key ends in the keyword of the schema, its
 * context has a pointer to the value; what was expected stands in its text only, and so does what
 * was found, which is not taken from there: it may be a secret.
 */
final class SchemaMessage {
  private static final Pattern LIST = Pattern.compile("\\[(.*)\\]", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern BOUND =
      Pattern.compile(
          "((?:required |exclusive )?(?:minimum|maximum)[a-z ]*:? [0-9.eE+-]+"
              + "|at (?:least|most) [0-9]+ [a-z]+)");
  private static final Pattern REGEX = Pattern.compile("regex \"(.*?)\" does not match");

  private final Message message;
  private final String keyword;
  private final String pointer;

  SchemaMessage(Message message) {
    this.message = message;
    this.keyword = message.getKey().replaceFirst("^.*?\\.?schema\\.", "");
    String given =
        message
            .getContext()
            .flatMap(context -> context.getPointers())
            .map(pointers -> pointers.getInstance())
            .orElse("");
    this.pointer = given.equals("/") ? "" : given;
  }

  /** A pointer to the value; empty for the whole. */
  String pointer() {
    return pointer;
  }

  Rule rule() {
    return switch (keyword.split("\\.")[0]) {
      case "required" -> Rule.REQUIRED;
      case "additionalProperties" -> Rule.UNKNOWN_MEMBER;
      case "type" -> Rule.TYPE;
      case "enum", "const" -> Rule.ENUM;
      case "format" -> Rule.FORMAT;
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> Rule.RANGE;
      case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
          Rule.LENGTH;
      case "pattern" -> Rule.PATTERN;
      case "oneOf" -> alternativeTypes().isEmpty() ? Rule.ALTERNATIVES : Rule.TYPE;
      case "not" -> Rule.TYPE; // the contract says with it of which type an id is not
      case "anyOf", "allOf", "discriminator" -> Rule.ALTERNATIVES;
      case "invalidJson" -> Rule.TYPE; // a parameter that is no number and no boolean
      default -> Rule.SCHEMA;
    };
  }

  String expected() {
    String text = message.getMessage();
    return switch (rule()) {
      case TYPE -> {
        Set<String> types =
            keyword.startsWith("oneOf") ? alternativeTypes() : new LinkedHashSet<>(listed());
        yield types.isEmpty() ? "another type" : String.join(" or ", types);
      }
      case ENUM -> "one of " + String.join(", ", listed());
      case FORMAT -> keyword.substring(keyword.indexOf('.') + 1);
      case RANGE, LENGTH -> firstGroup(BOUND, text, keyword);
      case PATTERN -> "text that matches " + firstGroup(REGEX, text, "a pattern");
      case ALTERNATIVES -> "one of the alternatives (" + keyword + ")";
      default -> "what the schema says (" + keyword + ")";
    };
  }

  /** The names in the list of the text: members that are missing or not known, values, types. */
  List<String> listed() {
    String text = message.getMessage();
    int found = Math.max(text.indexOf("(allowed:"), text.indexOf("(possible values:"));
    Matcher list = LIST.matcher(found < 0 ? withoutPath(text) : text.substring(found));
    List<String> names = new ArrayList<>();
    if (list.find()) {
      Matcher quoted = QUOTED.matcher(list.group(1));
      while (quoted.find()) {
        names.add(JsonText.unescaped(quoted.group(1)));
      }
    }
    return names;
  }

  private static String withoutPath(String text) {
    return text.startsWith("[Path '") ? text.substring(text.indexOf("'] ") + 3) : text;
  }

  /** The types of alternatives that differ by their type alone; empty if they differ otherwise. */
  private Set<String> alternativeTypes() {
    Set<String> types = new LinkedHashSet<>();
    for (Message nested : message.getNestedMessages()) {
      if (!nested.getKey().endsWith(".schema.type")) {
        return Set.of();
      }
      types.addAll(new SchemaMessage(nested).listed());
    }
    return types;
  }

  JsonNode found(JsonNode body) {
    return body.at(JsonPointer.compile(pointer));
  }

  private static String firstGroup(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
