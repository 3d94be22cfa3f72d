package ru.elumenta.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Names that code is written against: classes, accessors and methods are named after schemas,
 * members and operations. On the wire they may change without breaking anybody.
 */
final class PublishedNames {
  /** So many optional parameters are arguments; more are one object. See the template. */
  private static final int FEW = 3;

  private PublishedNames() {}

  /** Returns one finding per name that is no longer there, or no longer where it was. */
  static List<String> findings(OpenAPI released, OpenAPI current) {
    List<String> findings = new ArrayList<>();
    Map<String, Operation> operations = operations(current);
    operations(released)
        .forEach(
            (name, operation) -> {
              Operation now = operations.get(name);
              if (now != null && !method(now).equals(method(operation))) {
                findings.add(
                    "%s was the method %s and is %s"
                        .formatted(name, method(operation), method(now)));
              }
            });
    Map<String, Set<String>> members = members(current);
    members(released)
        .forEach(
            (schema, names) -> {
              if (!members.containsKey(schema)) {
                findings.add("the class " + schema + " is gone");
                return;
              }
              names.stream()
                  .filter(name -> !members.get(schema).contains(name))
                  .forEach(name -> findings.add(schema + "." + name + " is gone"));
            });
    return findings;
  }

  /** For example {@code UserApi.getStats(period)}. */
  private static String method(Operation operation) {
    List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
    List<String> arguments = new ArrayList<>(names(parameters, true));
    List<String> optional = names(parameters, false);
    arguments.addAll(optional.size() > FEW ? List.of("…") : optional);
    return "%s.%s(%s)"
        .formatted(
            String.join("", Objects.requireNonNullElse(operation.getTags(), List.of())) + "Api",
            operation.getOperationId(),
            String.join(", ", arguments));
  }

  private static List<String> names(List<Parameter> parameters, boolean areRequired) {
    return parameters.stream()
        .filter(each -> Boolean.TRUE.equals(each.getRequired()) == areRequired)
        .map(Parameter::getName)
        .toList();
  }

  private static Map<String, Operation> operations(OpenAPI contract) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    if (contract.getPaths() != null) {
      contract
          .getPaths()
          .forEach(
              (path, item) ->
                  item.readOperationsMap()
                      .forEach((method, each) -> operations.put(method + " " + path, each)));
    }
    return operations;
  }

  @SuppressWarnings("rawtypes") // the parser's own signature
  private static Map<String, Set<String>> members(OpenAPI contract) {
    Map<String, Set<String>> members = new LinkedHashMap<>();
    if (contract.getComponents() != null && contract.getComponents().getSchemas() != null) {
      for (Map.Entry<String, Schema> each : contract.getComponents().getSchemas().entrySet()) {
        Map<?, ?> properties = each.getValue().getProperties();
        Set<String> names = new LinkedHashSet<>();
        if (properties != null) {
          properties.keySet().forEach(name -> names.add((String) name));
        }
        members.put(each.getKey(), names);
      }
    }
    return members;
  }
}
