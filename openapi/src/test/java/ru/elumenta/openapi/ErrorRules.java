package ru.elumenta.openapi;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the contract says about failures. Documentation page: guides/error-handling. */
final class ErrorRules {
  private static final Map<String, String> STATUS_BY_CODE =
      Map.ofEntries(
          entry("bad_request", "400"),
          entry("not_authenticated", "401"),
          entry("token_expired", "401"),
          entry("insufficient_tokens", "402"),
          entry("insufficient_plan", "403"),
          entry("not_found", "404"),
          entry("validation_error", "422"),
          entry("rate_limit_exceeded", "429"),
          entry("provider_error", "500"),
          entry("model_unavailable", "503"));

  private static final List<String> RATE_LIMIT_HEADERS =
      List.of(
          "X-RateLimit-Limit-Hour",
          "X-RateLimit-Remaining-Hour",
          "X-RateLimit-Limit-Day",
          "X-RateLimit-Remaining-Day",
          "X-RateLimit-Reset-Hour");

  private ErrorRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "the error codes are the documented ones",
            ErrorRules::wrongCodes,
            codesWithOneReplaced(),
            "missing [model_unavailable], undocumented [model_offline]"),
        new Rule(
            "every error has the envelope as its JSON body",
            ErrorRules::withoutEnvelope,
            """
            paths: {/a: {get: {responses: {'400':
              {content: {application/json: {schema: {type: string}}}}}}}}
            components: {schemas: {ErrorResponse: {type: object}}}
            """,
            "GET /a 400"),
        new Rule(
            "every operation can be limited, fail upstream and be overloaded",
            ErrorRules::incompleteFailures,
            "paths: {/a: {get: {responses: {'429': {}, '500': {}}}}}",
            "GET /a: no 503"),
        new Rule(
            "every operation with a bearer token can be refused",
            ErrorRules::neverUnauthorized,
            "paths: {/a: {get: {responses: {'200': {}}}}}",
            "GET /a: no 401"),
        new Rule(
            "every success and every 429 lists the rate-limit headers",
            ErrorRules::withoutRateLimitHeaders,
            """
            paths: {/a: {get: {responses: {'200': {headers: {
              X-RateLimit-Limit-Hour: {}, X-RateLimit-Remaining-Hour: {},
              X-RateLimit-Limit-Day: {}, X-RateLimit-Remaining-Day: {}}}}}}}
            """,
            "GET /a 200: X-RateLimit-Reset-Hour"),
        new Rule(
            "every 429 lists Retry-After",
            ErrorRules::withoutRetryAfter,
            "paths: {/a: {get: {responses: {'429': {headers: {}}}}}}",
            "GET /a"),
        new Rule(
            "an error example stands under the status of its code",
            ErrorRules::misplacedExamples,
            """
            paths: {/a: {get: {responses: {'400': {content: {application/json: {examples:
              {odd: {value: {error: not_found}}}}}}}}}}
            """,
            "GET /a 400: not_found"),
        new Rule(
            "every error with a documented code has an example",
            ErrorRules::withoutExample,
            """
            paths: {/a: {get: {responses: {
              '404': {content: {application/json: {}}}, '409': {content: {application/json: {}}}}}}}
            """,
            "GET /a 404"),
        new Rule(
            "every error code stands in an example",
            ErrorRules::withoutSample,
            "components: {schemas: {ErrorCode: {enum: [bad_request]}}}",
            "bad_request"));
  }

  private static List<String> wrongCodes(Contract contract) {
    Set<String> missing = new TreeSet<>(STATUS_BY_CODE.keySet());
    Set<String> undocumented = new TreeSet<>();
    for (JsonNode code : contract.component("ErrorCode").path("enum")) {
      if (!missing.remove(code.asText())) {
        undocumented.add(code.asText());
      }
    }
    return missing.isEmpty() && undocumented.isEmpty()
        ? List.of()
        : List.of("missing %s, undocumented %s".formatted(missing, undocumented));
  }

  /** Every documented code but one, and one that is not documented. */
  private static String codesWithOneReplaced() {
    Set<String> codes = new TreeSet<>(STATUS_BY_CODE.keySet());
    codes.remove("model_unavailable");
    codes.add("model_offline");
    return "components: {schemas: {ErrorCode: {enum: %s}}}".formatted(codes);
  }

  private static List<String> withoutEnvelope(Contract contract) {
    JsonNode envelope = contract.component("ErrorResponse");
    return contract.operations().stream()
        .flatMap(
            operation ->
                operation.errors().entrySet().stream()
                    .filter(error -> !json(error.getValue()).path("schema").equals(envelope))
                    .map(error -> operation.name() + " " + error.getKey()))
        .toList();
  }

  private static List<String> incompleteFailures(Contract contract) {
    return contract.operations().stream()
        .flatMap(
            operation ->
                Stream.of("429", "500", "503")
                    .filter(status -> !operation.errors().containsKey(status))
                    .map(status -> operation.name() + ": no " + status))
        .toList();
  }

  private static List<String> neverUnauthorized(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> !operation.node().has("security"))
        .filter(operation -> !operation.errors().containsKey("401"))
        .map(operation -> operation.name() + ": no 401")
        .toList();
  }

  private static List<String> withoutRateLimitHeaders(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      Map<String, JsonNode> responses = operation.responses();
      responses.keySet().removeIf(status -> !status.startsWith("2") && !status.equals("429"));
      for (Entry<String, JsonNode> response : responses.entrySet()) {
        RATE_LIMIT_HEADERS.stream()
            .filter(header -> !response.getValue().path("headers").has(header))
            .map(header -> operation.name() + " " + response.getKey() + ": " + header)
            .forEach(findings::add);
      }
    }
    return findings;
  }

  private static List<String> withoutRetryAfter(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> operation.errors().containsKey("429"))
        .filter(operation -> !operation.errors().get("429").path("headers").has("Retry-After"))
        .map(Operation::name)
        .toList();
  }

  private static List<String> misplacedExamples(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Entry<String, JsonNode> error : operation.errors().entrySet()) {
        for (JsonNode example : json(error.getValue()).path("examples")) {
          String code = example.path("value").path("error").asText();
          if (!error.getKey().equals(STATUS_BY_CODE.get(code))) {
            findings.add(operation.name() + " " + error.getKey() + ": " + code);
          }
        }
      }
    }
    return findings;
  }

  private static List<String> withoutExample(Contract contract) {
    return contract.operations().stream()
        .flatMap(
            operation ->
                operation.errors().entrySet().stream()
                    .filter(error -> STATUS_BY_CODE.containsValue(error.getKey()))
                    .filter(error -> json(error.getValue()).path("examples").isEmpty())
                    .map(error -> operation.name() + " " + error.getKey()))
        .toList();
  }

  private static List<String> withoutSample(Contract contract) {
    Set<String> codes = new TreeSet<>();
    contract.component("ErrorCode").path("enum").forEach(code -> codes.add(code.asText()));
    for (Operation operation : contract.operations()) {
      for (JsonNode error : operation.errors().values()) {
        for (JsonNode example : json(error).path("examples")) {
          codes.remove(example.path("value").path("error").asText());
        }
      }
    }
    return List.copyOf(codes);
  }

  private static JsonNode json(JsonNode response) {
    return response.path("content").path("application/json");
  }
}
