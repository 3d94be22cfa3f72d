package ru.elumenta.contract.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import io.swagger.v3.oas.models.media.Schema;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.RequestMessage;
import ru.elumenta.contract.Rule;

/** Holds the parameters of a request, and what it accepts, against the contract. */
final class ParameterRules {
  private static final Pattern UNEXPECTED =
      Pattern.compile("Query parameter '(.*)' is unexpected", Pattern.DOTALL);

  private static final String ESCAPES = "percent-encoded text";

  private final SharedContract contract;

  ParameterRules(SharedContract contract) {
    this.contract = contract;
  }

  /**
   * Adds what is wrong.
   *
   * @param path the path without the base path
   */
  void check(
      ContractOperation operation,
      String path,
      RequestMessage request,
      boolean isStreamed,
      FindingList findings) {
    if (!isDecodable(path)) {
      findings.add("path", Rule.ENCODING, ESCAPES, "a percent sign that begins none");
      return;
    }
    Map<String, List<String>> query = query(request.query(), findings);
    SimpleRequest.Builder asked = new SimpleRequest.Builder(operation.method(), path);
    query.forEach(asked::withQueryParam);
    List<String> accept = request.headers().getOrDefault("Accept", List.of());
    if (!isStreamed && !accept.isEmpty()) {
      asked.withAccept(accept.toArray(String[]::new));
    }
    Map<String, String> inPath = operation.pathParameters(path);
    for (Message message : contract.parameters().validateRequest(asked.build()).getMessages()) {
      String key = message.getKey().replace("validation.request.", "");
      if (key.startsWith("accept.")) {
        findings.add(
            "header Accept",
            Rule.ACCEPT,
            "a type that is answered",
            findings.shown().text("Accept", String.join(", ", accept)));
      } else if (key.startsWith("parameter.") && !mayBeAnyText(message)) {
        parameter(key, message, query, inPath, findings);
      }
      // What it says of the body, which it was not given, is not asked for.
    }
  }

  /**
   * The library reads a value with alternatives, or of any type, as JSON, which text without quotes
   * is not.
   */
  private boolean mayBeAnyText(Message message) {
    return message.getKey().contains(".schema.")
        && message
            .getContext()
            .flatMap(context -> context.getParameter())
            .map(parameter -> contract.resolved(parameter.getSchema()))
            .filter(ParameterRules::hasTextAsAlternative)
            .isPresent();
  }

  private static boolean hasTextAsAlternative(Schema<?> schema) {
    List<?> alternatives = schema.getOneOf();
    return alternatives == null
        ? schema.getType() == null
        : alternatives.stream()
            .anyMatch(each -> each instanceof Schema<?> one && "string".equals(one.getType()));
  }

  private static void parameter(
      String key,
      Message message,
      Map<String, List<String>> query,
      Map<String, String> inPath,
      FindingList findings) {
    var parameter = message.getContext().flatMap(context -> context.getParameter());
    String name = parameter.map(each -> each.getName()).orElseGet(() -> unexpectedName(message));
    boolean isInPath = parameter.filter(each -> "path".equals(each.getIn())).isPresent();
    String place = (isInPath ? "path " : "query ") + name;
    List<String> values =
        isInPath ? List.of(inPath.get(name)) : query.getOrDefault(name, List.of());
    String found =
        values.isEmpty() ? "none" : findings.shown().text(name, String.join(", ", values));
    if (key.startsWith("parameter.schema.")) {
      SchemaMessage broken = new SchemaMessage(message);
      findings.add(
          place,
          broken.rule(),
          key.endsWith("invalidJson")
              ? parameter.map(each -> each.getSchema().getType()).orElse("another type")
              : broken.expected(),
          found,
          broken.rule() == Rule.ENUM);
    } else if (key.endsWith(".unexpected")) {
      findings.addTolerable(place, Rule.UNKNOWN_PARAMETER, "no such parameter", found);
    } else if (key.endsWith(".missing") && values.isEmpty()) {
      findings.add(place, Rule.MISSING_PARAMETER, "a value", "none");
    } else if (key.endsWith(".missing")) {
      findings.add(place, Rule.EMPTY_PARAMETER, "a value", "an empty one");
    } else if (key.endsWith("collection.invalid")) {
      findings.add(place, Rule.REPEATED_PARAMETER, "one value", found);
    } else if (key.endsWith("enum.invalid")) {
      findings.addTolerable(place, Rule.ENUM, "a value that the contract lists", found);
    } else {
      findings.add(place, Rule.SCHEMA, "what the contract says (" + key + ")", found);
    }
  }

  private static String unexpectedName(Message message) {
    Matcher matcher = UNEXPECTED.matcher(message.getMessage());
    return matcher.find() ? matcher.group(1) : "?";
  }

  /** Takes a query apart; a pair that cannot be decoded is a finding and left out. */
  private static Map<String, List<String>> query(String query, FindingList findings) {
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

  /** The library decodes the path, too, and would throw. */
  private static boolean isDecodable(String path) {
    try {
      URLDecoder.decode(path, UTF_8);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
