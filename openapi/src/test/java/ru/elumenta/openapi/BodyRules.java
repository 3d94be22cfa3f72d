package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

/** What stands beside the schema of a body. */
final class BodyRules {
  private BodyRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "every documented request and success body but a file upload has an example",
            BodyRules::withoutExample,
            """
            paths: {/a: {post: {
              requestBody: {content: {application/json: {examples: {a: {value: 1}}}}},
              responses: {'200': {content: {application/json: {schema: {type: string}}}}}}}}
            """,
            "POST /a 200"),
        new Rule(
            "every example has a summary, a value and a name in kebab case",
            BodyRules::unreadableExamples,
            """
            paths: {/a: {get: {responses: {'200': {content: {application/json: {
              examples: {good-one: {summary: s, value: 1}, badOne: {summary: s, value: 1}}}}}}}}}
            """,
            "GET /a 200 badOne"),
        new Rule(
            "every media type has a schema",
            BodyRules::withoutSchema,
            "paths: {/a: {get: {responses: {'200': {content: {application/json: {}}}}}}}",
            "GET /a 200"),
        new Rule(
            "every response has a description",
            BodyRules::withoutDescription,
            "paths: {/a: {get: {responses: {'200': {}}}}}",
            "GET /a 200"));
  }

  private static List<String> withoutExample(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (operation.node().has("x-documented")) {
        continue;
      }
      for (Entry<String, JsonNode> body : operation.bodies().entrySet()) {
        for (Entry<String, JsonNode> media : body.getValue().path("content").properties()) {
          if (media.getValue().path("examples").isEmpty()
              && !media.getKey().equals("multipart/form-data")
              && !operation.errors().containsKey(body.getKey())) {
            findings.add(operation.name() + " " + body.getKey());
          }
        }
      }
    }
    return findings;
  }

  private static List<String> unreadableExamples(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Entry<String, JsonNode> body : operation.bodies().entrySet()) {
        for (JsonNode media : body.getValue().path("content")) {
          for (Entry<String, JsonNode> example : media.path("examples").properties()) {
            boolean readable =
                example.getKey().matches("[a-z0-9]+(-[a-z0-9]+)*")
                    && !example.getValue().path("summary").asText().isBlank()
                    && example.getValue().has("value");
            if (!readable) {
              findings.add(operation.name() + " " + body.getKey() + " " + example.getKey());
            }
          }
        }
      }
    }
    return findings;
  }

  private static List<String> withoutSchema(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Entry<String, JsonNode> body : operation.bodies().entrySet()) {
        for (JsonNode media : body.getValue().path("content")) {
          if (!media.path("schema").isObject()) {
            findings.add(operation.name() + " " + body.getKey());
          }
        }
      }
    }
    return findings;
  }

  private static List<String> withoutDescription(Contract contract) {
    return contract.operations().stream()
        .flatMap(
            operation ->
                operation.responses().entrySet().stream()
                    .filter(e -> e.getValue().path("description").asText().isBlank())
                    .map(e -> operation.name() + " " + e.getKey()))
        .toList();
  }
}
