package ru.elumenta.contract.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.validation.ContractOperation.Parameter;

/** Holds the parameters of a request, and what it accepts, against the contract. */
final class ParameterRules {
  private static final String ESCAPES = "percent-encoded text";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

  private final ContractOperation operation;
  private final FindingList findings;

  private ParameterRules(ContractOperation operation, FindingList findings) {
    this.operation = operation;
    this.findings = findings;
  }

  /**
   * Adds what is wrong.
   *
   * @param path the path without the base path
   */
  static void check(
      ContractOperation operation,
      String path,
      RequestMessage request,
      boolean isStreamed,
      FindingList findings) {
    ParameterRules rules = new ParameterRules(operation, findings);
    rules.path(path);
    rules.query(request.query());
    if (!isStreamed) {
      List<String> accept = request.headers().getOrDefault("Accept", List.of());
      if (!AcceptRules.isAnswered(accept, operation)) {
        findings.add(
            "header Accept",
            Rule.ACCEPT,
            "a type that is answered",
            findings.shown().text("Accept", String.join(", ", accept)));
      }
    }
  }

  private void path(String path) {
    Map<String, String> given = operation.pathParameters(path);
    for (Parameter parameter : operation.parameters()) {
      String escaped = given.get(parameter.name());
      if (parameter.in().equals("path") && escaped != null) {
        try {
          // A plus sign is one here: it stands for a blank in a query only.
          String value = URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
          value("path " + parameter.name(), parameter, List.of(value));
        } catch (IllegalArgumentException e) {
          findings.add("path", Rule.ENCODING, ESCAPES, "a percent sign that begins none");
        }
      }
    }
  }

  private void query(String text) {
    Map<String, List<String>> given = pairs(text);
    for (Parameter parameter : operation.parameters()) {
      if (!parameter.in().equals("query")) {
        continue;
      }
      List<String> values = given.remove(parameter.name());
      String place = "query " + parameter.name();
      if (values == null && parameter.isRequired()) {
        findings.add(place, Rule.MISSING_PARAMETER, "a value", "none");
      } else if (values != null) {
        value(place, parameter, values);
      }
    }
    given.forEach(
        (name, values) ->
            findings.addTolerable(
                "query " + name, Rule.UNKNOWN_PARAMETER, "no such parameter", shown(name, values)));
  }

  private void value(String place, Parameter parameter, List<String> values) {
    ContractSchema schema = parameter.schema();
    boolean isList = schema.type().equals("array");
    String found = shown(parameter.name(), values);
    if (values.size() > 1 && !isList) {
      findings.add(place, Rule.REPEATED_PARAMETER, "one value", found);
    } else if (values.contains("") && !parameter.mayBeEmpty()) {
      findings.add(place, Rule.EMPTY_PARAMETER, "a value", "an empty one");
    } else {
      JsonNode value =
          isList ? list(parameter, values) : read(values.get(0), schema.node().path("type"));
      for (SchemaMessage message : JsonRules.messages(value, schema)) {
        findings.add(place, message.rule(), message.expected(), found, message.rule() == Rule.ENUM);
      }
    }
  }

  private static ArrayNode list(Parameter parameter, List<String> values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (String value : values) {
      for (String each : parameter.isExploded() ? new String[] {value} : value.split(",", -1)) {
        list.add(read(each, parameter.schema().node().path("items").path("type")));
      }
    }
    return list;
  }

  /** What a text is if it is of the type; the text if not. */
  private static JsonNode read(String text, JsonNode type) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (type.asText()) {
      case "boolean" ->
          text.equals("true") || text.equals("false")
              ? json.booleanNode(text.equals("true"))
              : json.textNode(text);
      case "integer" ->
          WHOLE_NUMBER.matcher(text).matches()
              ? json.numberNode(new BigInteger(text))
              : json.textNode(text);
      case "number" ->
          NUMBER.matcher(text).matches()
              ? json.numberNode(new BigDecimal(text))
              : json.textNode(text);
      default -> json.textNode(text);
    };
  }

  private String shown(String name, List<String> values) {
    return findings.shown().text(name, String.join(", ", values));
  }

  /** Takes a query apart; a pair that cannot be decoded is a finding and left out. */
  private Map<String, List<String>> pairs(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int mark = pair.indexOf('=');
      try {
        String name = URLDecoder.decode(mark < 0 ? pair : pair.substring(0, mark), UTF_8);
        String value = mark < 0 ? "" : URLDecoder.decode(pair.substring(mark + 1), UTF_8);
        parameters.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
      } catch (IllegalArgumentException e) {
        findings.add("query", Rule.ENCODING, ESCAPES, "a percent sign that begins none");
      }
    }
    return parameters;
  }
}
