package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What every operation says about itself. */
final class OperationRules {
  private static final Set<String> MEMBERS =
      Set.of(
          "deprecated",
          "description",
          "operationId",
          "parameters",
          "requestBody",
          "responses",
          "security",
          "summary",
          "tags",
          "x-documented",
          "x-hand-written",
          "x-idempotent");

  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+([A-Z][a-z]*)*");
  private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)}");

  private OperationRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "every operation has an operationId in camel case",
            OperationRules::withoutId,
            "paths: {/a: {get: {operationId: get_a}}}",
            "GET /a: get_a"),
        new Rule(
            "every member is one of those in use, so that a misspelt one is noticed",
            OperationRules::unknownMembers,
            "paths: {/a: {get: {operationId: a, securty: []}}}",
            "GET /a: securty"),
        new Rule(
            "no two operations share an operationId",
            OperationRules::sharedIds,
            "paths: {/a: {get: {operationId: a}}, /b: {get: {operationId: a}}}",
            "GET /b: a"),
        new Rule(
            "every operation has one tag, and the contract declares it",
            OperationRules::wrongTags,
            "{tags: [{name: A}], paths: {/a: {get: {tags: [B]}}}}",
            "GET /a: [\"B\"]"),
        new Rule(
            "every operation has a summary",
            contract -> without(contract, "summary", "\\S.*"),
            "paths: {/a: {get: {summary: ' '}}}",
            "GET /a"),
        new Rule(
            "every description names the documentation page",
            contract -> without(contract, "description", ".*Documentation pages?: \\S.*"),
            "paths: {/a: {get: {description: Gets a.}}}",
            "GET /a"),
        new Rule(
            "every POST and PATCH states whether it is idempotent",
            OperationRules::unstatedIdempotency,
            "paths: {/a: {post: {x-idempotent: 'yes'}}}",
            "POST /a"),
        new Rule(
            "what is not fully documented is partial or inferred",
            OperationRules::unknownDocumentation,
            "paths: {/a: {get: {x-documented: true}}, /b: {get: {x-documented: partial}}}",
            "GET /a: true"),
        new Rule(
            "every part of a path is a required parameter and the other way round",
            OperationRules::wrongPathParameters,
            "paths: {'/a/{id}': {get: {parameters: [{name: key, in: path, required: true}]}}}",
            "GET /a/{id}: path has [id], parameters are [key]"));
  }

  private static List<String> withoutId(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> !CAMEL_CASE.matcher(operation.text("operationId")).matches())
        .map(operation -> operation.name() + ": " + operation.text("operationId"))
        .toList();
  }

  private static List<String> unknownMembers(Contract contract) {
    return contract.operations().stream()
        .flatMap(
            operation ->
                operation.node().properties().stream()
                    .filter(member -> !MEMBERS.contains(member.getKey()))
                    .map(member -> operation.name() + ": " + member.getKey()))
        .toList();
  }

  private static List<String> sharedIds(Contract contract) {
    Set<String> seen = new HashSet<>();
    return contract.operations().stream()
        .filter(operation -> !seen.add(operation.text("operationId")))
        .map(operation -> operation.name() + ": " + operation.text("operationId"))
        .toList();
  }

  private static List<String> wrongTags(Contract contract) {
    Set<String> declared = new HashSet<>(contract.document().path("tags").findValuesAsText("name"));
    return contract.operations().stream()
        .filter(
            operation -> {
              JsonNode tags = operation.node().path("tags");
              return tags.size() != 1 || !declared.contains(tags.get(0).asText());
            })
        .map(operation -> operation.name() + ": " + operation.node().path("tags"))
        .toList();
  }

  private static List<String> without(Contract contract, String member, String pattern) {
    return contract.operations().stream()
        .filter(operation -> !operation.text(member).matches("(?s)" + pattern))
        .map(Operation::name)
        .toList();
  }

  private static List<String> unstatedIdempotency(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> Set.of("post", "patch").contains(operation.method()))
        .filter(operation -> !operation.node().path("x-idempotent").isBoolean())
        .map(Operation::name)
        .toList();
  }

  private static List<String> unknownDocumentation(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> operation.node().has("x-documented"))
        .filter(
            operation -> !Set.of("partial", "inferred").contains(operation.text("x-documented")))
        .map(operation -> operation.name() + ": " + operation.text("x-documented"))
        .toList();
  }

  private static List<String> wrongPathParameters(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> !inTemplate(operation).equals(inParameters(operation)))
        .map(
            operation ->
                "%s: path has %s, parameters are %s"
                    .formatted(operation.name(), inTemplate(operation), inParameters(operation)))
        .toList();
  }

  private static Set<String> inTemplate(Operation operation) {
    return TEMPLATE
        .matcher(operation.path())
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> inParameters(Operation operation) {
    return StreamSupport.stream(operation.node().path("parameters").spliterator(), false)
        .filter(parameter -> parameter.path("in").asText().equals("path"))
        .filter(parameter -> parameter.path("required").asBoolean())
        .map(parameter -> parameter.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
