package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.function.Supplier;

/** A schema of the contract. Compiled when the first value is held against it. Thread-safe. */
final class ContractSchema {
  private final JsonNode node;
  private final Supplier<JsonSchema> compiler;
  private volatile JsonSchema compiled;

  /**
   * Creates a schema.
   *
   * @param node what the contract says, a reference at its top followed
   */
  ContractSchema(JsonNode node, Supplier<JsonSchema> compiler) {
    this.node = node;
    this.compiler = compiler;
  }

  /** Returns what the contract says. */
  JsonNode node() {
    return node;
  }

  /** Returns the type; empty if the schema has none of its own. */
  String type() {
    return node.path("type").asText("");
  }

  /**
   * Returns whether it lets any JSON pass: one of an object of which nothing is said. The bundling
   * of the contract makes that of a schema without a type.
   */
  boolean isOfAnything() {
    return node.isEmpty()
        || type().equals("object") && !node.has("properties") && !node.has("additionalProperties");
  }

  /** Returns what is wrong with a value. */
  Set<ValidationMessage> validate(JsonNode value) {
    JsonSchema schema = compiled;
    if (schema == null) {
      synchronized (this) {
        schema = compiled;
        if (schema == null) {
          schema = compiler.get();
          compiled = schema;
        }
      }
    }
    return schema.validate(value);
  }
}
