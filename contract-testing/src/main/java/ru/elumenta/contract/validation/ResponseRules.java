package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.exchange.Rule;

/** Holds a response against its operation. */
final class ResponseRules {
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;

  private final SharedContract contract;
  private final ContractOperation operation;
  private final ResponseMessage response;
  private final FindingList findings;

  ResponseRules(
      SharedContract contract,
      ContractOperation operation,
      ResponseMessage response,
      FindingList findings) {
    this.contract = contract;
    this.operation = operation;
    this.response = response;
    this.findings = findings;
  }

  /** Adds what is wrong. */
  void check(boolean isStreamAsked) {
    HeaderRules.check(response.headers(), findings);
    if (!operation.answers(response.status())) {
      findings.add(
          "status",
          Rule.STATUS,
          "one of " + String.join(", ", operation.statuses()),
          String.valueOf(response.status()));
      return;
    }
    Map<String, ContractSchema> content = operation.responseContent(response.status());
    boolean isEmpty = response.body().length == 0;
    if (isEmpty && !content.isEmpty() && response.isWhole()) {
      findings.add("body", Rule.BODY_MISSING, "a body", "none");
    } else if (!isEmpty && response.status() == NO_CONTENT) {
      findings.add("body", Rule.BODY_UNEXPECTED, "none", response.body().length + " bytes");
    } else if (!isEmpty && !content.isEmpty()) {
      body(content, isStreamAsked && response.status() == 200);
    }
  }

  private void body(Map<String, ContractSchema> content, boolean isStream) {
    Set<String> allowed = isStream ? Set.of(MediaTypes.EVENTS) : content.keySet();
    Optional<String> type = MediaTypes.of(response.headers(), allowed, findings);
    if (type.filter(MediaTypes.EVENTS::equals).isPresent()) {
      ContentCoding.decoded(response)
          .ifPresent(decoded -> new EventStreamRules(contract, findings).check(decoded));
    } else if (type.isPresent() && response.isWhole()) {
      ContentCoding.decoded(response)
          .flatMap(decoded -> JsonText.read(decoded.body(), "body", findings))
          .ifPresent(body -> json(body, content));
    }
  }

  private void json(JsonNode body, Map<String, ContractSchema> content) {
    if (response.status() == UNAVAILABLE && isFailedGeneration(body)) {
      return; // the error page shows it so
    }
    JsonRules.check(body, content.get(MediaTypes.JSON), "", findings);
    Set<String> codes = contract.codesOf(response.status());
    String code = body.path("error").asText();
    // A code that nobody knows is a value outside the enumeration, not one in the wrong place.
    if (!codes.isEmpty() && !codes.contains(code) && contract.codes().contains(code)) {
      findings.add(
          "/error",
          Rule.ERROR_CODE,
          String.join(" or ", codes) + " with " + response.status(),
          code);
    }
  }

  private boolean isFailedGeneration(JsonNode body) {
    return body.path("status").asText().equals("failed")
        && JsonRules.fits(body, contract.schema("Generation"));
  }
}
