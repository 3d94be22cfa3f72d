package ru.elumenta.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The contract in one file, as the contract's jar has it, and the code generated from it. */
final class Contract {
  private static final JsonNode ROOT = read();

  private Contract() {}

  /**
   * An operation of the contract.
   *
   * @param id its operationId
   * @param method the HTTP method, in capitals
   */
  record Operation(String id, String method, String path, JsonNode node) {
    Class<?> api() throws ClassNotFoundException {
      return Class.forName("ru.elumenta.client.api." + node.path("tags").get(0).asText() + "Api");
    }

    /** The generated method; none for an operation that is written by hand. */
    Optional<Method> javaMethod() throws ClassNotFoundException {
      return Arrays.stream(api().getMethods())
          .filter(each -> each.getName().equals(id))
          .findFirst();
    }
  }

  static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    ROOT.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getValue().path("operationId").asText(),
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations;
  }

  static TreeSet<String> schemas() {
    TreeSet<String> names = new TreeSet<>();
    ROOT.path("components").path("schemas").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Follows a reference; anything else is returned as it is. */
  static JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolved(ROOT.at(reference.substring(1)));
  }

  private static JsonNode read() {
    try (InputStream in = Contract.class.getResourceAsStream("/elumenta-openapi/elumenta.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
