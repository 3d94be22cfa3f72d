package ru.elumenta.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/**
 * What a changed contract breaks for those who use the released one, or the code that is made from
 * it. Breaking changes are allowed under a new major version only.
 */
final class Compatibility {
  private Compatibility() {}

  /** Returns one finding per breaking change, none if the major version says that it breaks. */
  static List<String> findings(Path released, Path current) {
    OpenAPIV3Parser parser = new OpenAPIV3Parser();
    return findings(parser.read(released.toString()), parser.read(current.toString()));
  }

  /** The same for contracts given as text. */
  static List<String> findings(String released, String current) {
    OpenAPIV3Parser parser = new OpenAPIV3Parser();
    return findings(
        parser.readContents(released).getOpenAPI(), parser.readContents(current).getOpenAPI());
  }

  private static List<String> findings(OpenAPI released, OpenAPI current) {
    List<String> names = PublishedNames.findings(released, current); // the comparison uses them up
    addNewValues(schemas(released), schemas(current));
    ChangedOpenApi changed = OpenApiCompare.fromSpecifications(released, current);
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
    findings.addAll(names);
    return findings;
  }

  /** A client reads values that it does not know, so a further value of an enum breaks nobody. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // the parser's own signature
  private static void addNewValues(Map<String, Schema> released, Map<String, Schema> current) {
    released.forEach(
        (name, schema) -> {
          Schema now = current.get(name);
          if (now != null && schema.getEnum() != null && now.getEnum() != null) {
            Set<Object> values = new LinkedHashSet<>(schema.getEnum());
            values.addAll(now.getEnum());
            schema.setEnum(new ArrayList<>(values));
          }
        });
  }

  @SuppressWarnings("rawtypes") // the parser's own signature
  private static Map<String, Schema> schemas(OpenAPI contract) {
    return contract.getComponents() == null || contract.getComponents().getSchemas() == null
        ? Map.of()
        : contract.getComponents().getSchemas();
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
