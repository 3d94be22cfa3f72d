package ru.elumenta.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/**
 * What a changed contract breaks for those who use the released one. Breaking changes are allowed
 * under a new major version only.
 */
final class Compatibility {
  private Compatibility() {}

  /** Returns one finding per breaking change, none if the major version says that it breaks. */
  static List<String> findings(Path released, Path current) {
    return findings(OpenApiCompare.fromLocations(released.toString(), current.toString()));
  }

  /** The same for contracts given as text. */
  static List<String> findings(String released, String current) {
    return findings(OpenApiCompare.fromContents(released, current));
  }

  private static List<String> findings(ChangedOpenApi changed) {
    String before = changed.getOldSpecOpenApi().getInfo().getVersion();
    String after = changed.getNewSpecOpenApi().getInfo().getVersion();
    List<String> findings = new ArrayList<>();
    if (major(after) > major(before)) {
      return findings;
    }
    changed
        .getMissingEndpoints()
        .forEach(gone -> findings.add(gone.getMethod() + " " + gone.getPathUrl() + " is gone"));
    changed.getChangedOperations().stream()
        .filter(operation -> operation.isIncompatible())
        .forEach(
            operation ->
                findings.add(
                    operation.getHttpMethod()
                        + " "
                        + operation.getPathUrl()
                        + " breaks its callers: "
                        + broken(operation)));
    return findings;
  }

  private static String broken(org.openapitools.openapidiff.core.model.ChangedOperation operation) {
    List<String> parts = new ArrayList<>();
    if (operation.getParameters() != null && operation.getParameters().isIncompatible()) {
      parts.add("parameters");
    }
    if (operation.getRequestBody() != null && operation.getRequestBody().isIncompatible()) {
      parts.add("request body");
    }
    if (operation.getApiResponses() != null && operation.getApiResponses().isIncompatible()) {
      parts.add("responses");
    }
    if (operation.getSecurityRequirements() != null
        && operation.getSecurityRequirements().isIncompatible()) {
      parts.add("security");
    }
    return String.join(", ", parts);
  }

  private static int major(String version) {
    return Integer.parseInt(version.split("\\.", 2)[0]);
  }
}
