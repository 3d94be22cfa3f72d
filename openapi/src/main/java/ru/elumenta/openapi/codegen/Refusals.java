package ru.elumenta.openapi.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the generator drops, so that no template can notice it. */
final class Refusals {
  private static final String HAND_WRITTEN = "x-hand-written";

  private final List<String> found = new ArrayList<>();

  private Refusals() {}

  /**
   * Looks for it.
   *
   * @throws IllegalArgumentException if there is any; its message names each
   */
  static void check(OpenAPI contract) {
    Refusals refusals = new Refusals();
    refusals.webhooks(contract);
    if (contract.getPaths() != null) {
      contract.getPaths().forEach(refusals::path);
    }
    if (!refusals.found.isEmpty()) {
      throw new IllegalArgumentException(
          "No client can be made of this contract, because this would be left out without a word:\n"
              + "  "
              + String.join("\n  ", refusals.found)
              + "\nWhere x-hand-written: true stands in it, it is left out on purpose.");
    }
  }

  private void webhooks(OpenAPI contract) {
    if (contract.getWebhooks() != null) {
      contract
          .getWebhooks()
          .forEach(
              (name, item) -> {
                if (!isHandWritten(item.getExtensions())) {
                  found.add("CANNOT_BE_CALLED_Webhook_" + name);
                }
              });
    }
  }

  private void path(String path, PathItem item) {
    item.readOperationsMap()
        .forEach(
            (method, operation) -> {
              if (!isHandWritten(operation.getExtensions())) {
                String name = method + " " + path;
                parameters(item, operation)
                    .filter(parameter -> Boolean.TRUE.equals(parameter.getAllowReserved()))
                    .forEach(
                        parameter ->
                            found.add(
                                "CANNOT_BE_SENT_Reserved_signs_%s of %s"
                                    .formatted(parameter.getName(), name)));
                body(name, operation);
              }
            });
  }

  private static Stream<Parameter> parameters(PathItem item, Operation operation) {
    return Stream.of(item.getParameters(), operation.getParameters())
        .filter(list -> list != null)
        .flatMap(List::stream);
  }

  private void body(String name, Operation operation) {
    if (operation.getRequestBody() == null || operation.getRequestBody().getContent() == null) {
      return;
    }
    operation
        .getRequestBody()
        .getContent()
        .forEach(
            (type, content) -> {
              if (type.startsWith("multipart/") && !type.startsWith("multipart/form-data")) {
                found.add("CANNOT_BE_SENT_Body_of_type_%s of %s".formatted(type, name));
              }
              headersOfParts(name, content);
            });
  }

  private void headersOfParts(String name, MediaType content) {
    if (content.getEncoding() != null) {
      content
          .getEncoding()
          .forEach(
              (field, encoding) -> {
                if (encoding.getHeaders() != null && !encoding.getHeaders().isEmpty()) {
                  found.add("CANNOT_BE_SENT_Headers_of_part_%s of %s".formatted(field, name));
                }
              });
    }
  }

  private static boolean isHandWritten(Map<String, Object> extensions) {
    return extensions != null && Boolean.TRUE.equals(extensions.get(HAND_WRITTEN));
  }
}
