package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidatorTypeCode;
import com.networknt.schema.oas.OpenApi30;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Prepares the schemas of a contract for the library, which reads OpenAPI 3.0's dialect but for
 * some things: members that no schema names are to be noticed, null is to be named among the types
 * that are expected, and numbers have sizes.
 */
final class ContractSchemas {
  private static final String IRI = "urn:elumenta:contract";
  private static final String LOCAL = "#/components/schemas/";

  private static final SchemaValidatorsConfig SETTINGS =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .cacheRefs(true)
          .preloadJsonSchema(false)
          .build();

  private final JsonNode document;
  private final Map<String, ContractSchema> named = new HashMap<>();
  private final Set<String> parts = new HashSet<>();
  private final JsonSchemaFactory factory;

  ContractSchemas(JsonNode document) {
    this.document = document;
    collectParts(document, false);
    ObjectNode prepared = JsonNodeFactory.instance.objectNode();
    ObjectNode schemas = prepared.putObject("components").putObject("schemas");
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            each ->
                schemas.set(
                    each.getKey(), prepared(each.getValue(), parts.contains(each.getKey()))));
    factory = factory(prepared);
    schemas
        .fieldNames()
        .forEachRemaining(
            name -> {
              ObjectNode reference =
                  JsonNodeFactory.instance.objectNode().put("$ref", IRI + LOCAL + name);
              named.put(
                  name,
                  new ContractSchema(
                      document.at("/components/schemas").path(name),
                      () -> factory.getSchema(reference, SETTINGS)));
            });
  }

  private static JsonSchemaFactory factory(JsonNode prepared) {
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(OpenApi30.getInstance())
            // Otherwise each keyword of a tool, as x-…, is a line in the log.
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .keyword(ValidatorTypeCode.EXCLUSIVE_MINIMUM)
            .keyword(ValidatorTypeCode.EXCLUSIVE_MAXIMUM)
            .format(new WholeNumberFormat("int64", Long.SIZE))
            .format(new WholeNumberFormat("int32", Integer.SIZE))
            .build();
    return JsonSchemaFactory.builder()
        .defaultMetaSchemaIri(dialect.getIri())
        .metaSchema(dialect)
        .schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, prepared.toString())))
        .build();
  }

  /** Returns the schema with a name. */
  ContractSchema named(String name) {
    return named.get(name);
  }

  /** Returns a schema that stands anywhere in the contract. */
  ContractSchema of(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    if (!reference.isEmpty()) {
      return named.get(reference.substring(reference.lastIndexOf('/') + 1));
    }
    JsonNode inline =
        schema.isObject() ? prepared(schema, false) : JsonNodeFactory.instance.objectNode();
    return new ContractSchema(
        schema, () -> factory.getSchema(SchemaLocation.DOCUMENT, inline, SETTINGS));
  }

  /** Returns what a reference to anything in the contract points to. */
  JsonNode followed(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }

  /** Collects which schemas are parts of others: what these do not name, the others may. */
  private void collectParts(JsonNode node, boolean isPart) {
    String reference = node.path("$ref").asText("");
    if (isPart && reference.startsWith(LOCAL)) {
      parts.add(reference.substring(LOCAL.length()));
    }
    node.properties()
        .forEach(
            each -> {
              if (each.getKey().equals("allOf")) {
                each.getValue().forEach(part -> collectParts(part, true));
              } else {
                collectParts(each.getValue(), false);
              }
            });
    if (node.isArray()) {
      node.forEach(each -> collectParts(each, false));
    }
  }

  private static JsonNode prepared(JsonNode node, boolean isPart) {
    if (node instanceof ArrayNode list) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      list.forEach(each -> copy.add(prepared(each, isPart)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    if (object.path("$ref").asText("").startsWith("#/")) {
      return copy.put("$ref", IRI + object.get("$ref").asText());
    }
    object
        .properties()
        .forEach(
            each -> {
              switch (each.getKey()) {
                case "properties" -> copy.set("properties", members(each.getValue()));
                case "allOf" -> copy.set("allOf", prepared(each.getValue(), true));
                case "oneOf", "anyOf", "not", "items", "additionalProperties" ->
                    copy.set(each.getKey(), prepared(each.getValue(), false));
                case "example", "default", "description", "title", "externalDocs", "xml" -> {
                  // says nothing of a value
                }
                default -> copy.set(each.getKey(), each.getValue());
              }
            });
    if (copy.has("properties")
        && !copy.has("additionalProperties")
        && !copy.has("discriminator")
        && !isPart) {
      copy.put("additionalProperties", false);
    }
    if (copy.path("nullable").asBoolean(false) && copy.path("type").isTextual()) {
      String type = copy.get("type").asText();
      copy.putArray("type").add(type).add("null");
    }
    exclusive(copy, "exclusiveMinimum", "minimum");
    exclusive(copy, "exclusiveMaximum", "maximum");
    return copy;
  }

  /** OpenAPI 3.0 says beside a bound that it is none itself; messages are clearer the newer way. */
  private static void exclusive(ObjectNode schema, String keyword, String bound) {
    JsonNode isExclusive = schema.path(keyword);
    if (isExclusive.isBoolean()) {
      schema.remove(keyword);
      if (isExclusive.asBoolean() && schema.has(bound)) {
        schema.set(keyword, schema.remove(bound));
      }
    }
  }

  private static ObjectNode members(JsonNode properties) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    properties
        .properties()
        .forEach(each -> copy.set(each.getKey(), prepared(each.getValue(), false)));
    return copy;
  }
}
