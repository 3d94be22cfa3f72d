package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;

/** Holds a request against its operation. */
final class RequestRules {
  private static final Set<String> CREATES = Set.of("createGeneration", "streamGeneration");

  private final ContractOperation operation;
  private final RequestMessage request;
  private final FindingList findings;
  private Optional<JsonNode> json = Optional.empty();

  RequestRules(ContractOperation operation, RequestMessage request, FindingList findings) {
    this.operation = operation;
    this.request = request;
    this.findings = findings;
  }

  /** Adds what is wrong; the path is given without the base path. */
  void check(String path) {
    BearerRules.check(operation, request, findings);
    boolean isEmpty = request.body().length == 0;
    if (!request.isWhole()) {
      // Nothing is said of a body that is not known.
    } else if (isEmpty && operation.needsBody()) {
      findings.add("body", Rule.BODY_MISSING, "a body", "none");
    } else if (!isEmpty && !operation.takesBody()) {
      findings.add("body", Rule.BODY_UNEXPECTED, "none", request.body().length + " bytes");
    } else if (!isEmpty) {
      body(operation.requestContent());
    }
    ParameterRules.check(operation, path, request, asksForStream(), findings);
  }

  private void body(Map<String, ContractSchema> content) {
    Optional<String> type = MediaTypes.of(request.headers(), content.keySet(), findings);
    if (type.filter(MediaTypes.MULTIPART::equals).isPresent()) {
      new MultipartRules(content.get(MediaTypes.MULTIPART).node(), findings).check(request);
    } else if (content.containsKey(MediaTypes.JSON) && type.isPresent()) {
      json = JsonText.read(request.body(), "body", findings);
      json.ifPresent(this::members);
    }
  }

  private void members(JsonNode body) {
    JsonRules.check(body, operation.requestContent().get(MediaTypes.JSON), "", findings);
    if (CREATES.contains(operation.id())
        && body.isObject()
        && !body.hasNonNull("model")
        && !body.hasNonNull("assistant_id")) {
      // The schema cannot say so: it holds both dialects.
      findings.add("/model", Rule.REQUIRED, "a model or an assistant", "neither");
    }
  }

  /**
   * Whether the answer is to be a stream though the operation answers otherwise: a guide says so.
   */
  boolean asksForStream() {
    return operation.id().equals("createGeneration")
        && json.filter(body -> body.path("stream").asBoolean(false)).isPresent();
  }
}
