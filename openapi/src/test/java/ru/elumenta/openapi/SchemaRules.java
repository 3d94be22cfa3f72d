package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import ru.elumenta.openapi.Contract.PlacedSchema;

/** How schemas are written so that the generated classes read everything and send nothing extra. */
final class SchemaRules {
  private static final Set<String> KEYWORDS =
      Set.of(
          "additionalProperties",
          "allOf",
          "anyOf",
          "description",
          "enum",
          "format",
          "items",
          "maxLength",
          "maximum",
          "minLength",
          "minimum",
          "not",
          "nullable",
          "oneOf",
          "properties",
          "required",
          "type",
          "x-generation-view",
          "x-typed-params");

  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "object", "array");

  private static final Set<String> STRING_FORMATS = Set.of("", "date-time", "password", "binary");

  private static final Set<String> SECRETS =
      Set.of(
          "access_token",
          "hash",
          "id_token",
          "key",
          "new_password",
          "password",
          "refresh_token",
          "token");

  private SchemaRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "every type is one that OpenAPI knows",
            places(SchemaRules::hasUnknownType),
            "components: {schemas: {A: {properties: {b: {type: strng}}}}}",
            "A.b"),
        new Rule(
            "every keyword is one of those in use, so that a misspelt one is noticed",
            SchemaRules::unknownKeywords,
            "components: {schemas: {A: {properties: {b: {type: string, nulable: true}}}}}",
            "A.b: nulable"),
        new Rule(
            "nothing has a default, because generated code would send it",
            places(schema -> schema.has("default")),
            """
            paths: {/a: {post: {requestBody: {content: {application/json: {schema:
              {properties: {n: {type: integer, format: int64, default: 1}}}}}}}}}
            """,
            "POST /a request.n"),
        new Rule(
            "every required name is a property",
            SchemaRules::requiredNothing,
            "components: {schemas: {A: {required: [b, c], properties: {b: {}}}}}",
            "A: c"),
        new Rule(
            "integers are int64",
            places(schema -> isType(schema, "integer") && !isFormat(schema, "int64")),
            "components: {schemas: {A: {items: {type: integer, format: int32}}}}",
            "A[]"),
        new Rule(
            "numbers are double",
            places(schema -> isType(schema, "number") && !isFormat(schema, "double")),
            "components: {schemas: {A: {oneOf: [{type: number}]}}}",
            "A.oneOf[0]"),
        new Rule(
            "a string has a format that is known or none",
            places(
                schema ->
                    isType(schema, "string")
                        && !STRING_FORMATS.contains(schema.path("format").asText())),
            "components: {schemas: {A: {type: string, format: datetime}}}",
            "A"),
        new Rule(
            "an array says of what",
            places(schema -> isType(schema, "array") && !schema.path("items").isObject()),
            "components: {schemas: {A: {properties: {b: {type: array}}}}}",
            "A.b"),
        new Rule(
            "no object refuses members that the contract does not know",
            places(
                schema ->
                    schema.path("additionalProperties").isBoolean()
                        && !schema.path("additionalProperties").booleanValue()),
            "components: {schemas: {A: {type: object, additionalProperties: false}}}",
            "A"),
        new Rule(
            "only error codes and generation states are enums, all else is open",
            SchemaRules::closedValues,
            "components: {schemas: {A: {properties: {plan: {type: string, enum: [vip]}}}}}",
            "A.plan"),
        new Rule(
            "every object with properties is a component, so that its class has a name",
            SchemaRules::namelessObjects,
            "components: {schemas: {A: {properties: {b: {properties: {c: {type: string}}}}}}}",
            "A.b"),
        new Rule(
            "a secret is a password, so that its class does not print it",
            SchemaRules::printableSecrets,
            """
            components: {schemas: {A: {properties: {
              password: {type: string, format: password}, access_token: {type: string}}}}}
            """,
            "A.access_token"),
        new Rule(
            "every component and property has a description",
            SchemaRules::undescribed,
            """
            components: {schemas: {A: {description: a, properties: {
              b: {description: b}, c: {type: string}}}}}
            """,
            "A.c"));
  }

  private static Function<Contract, List<String>> places(Predicate<JsonNode> broken) {
    return contract ->
        contract.schemas().stream()
            .filter(schema -> broken.test(schema.node()))
            .map(PlacedSchema::place)
            .toList();
  }

  private static boolean isType(JsonNode schema, String type) {
    return schema.path("type").asText().equals(type);
  }

  private static boolean isFormat(JsonNode schema, String format) {
    return schema.path("format").asText().equals(format);
  }

  private static boolean hasUnknownType(JsonNode schema) {
    return schema.has("type") && !TYPES.contains(schema.get("type").asText());
  }

  private static List<String> unknownKeywords(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (PlacedSchema schema : contract.schemas()) {
      for (Entry<String, JsonNode> keyword : schema.node().properties()) {
        if (!KEYWORDS.contains(keyword.getKey())) {
          findings.add(schema.place() + ": " + keyword.getKey());
        }
      }
    }
    return findings;
  }

  private static List<String> requiredNothing(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (PlacedSchema schema : contract.schemas()) {
      for (JsonNode name : schema.node().path("required")) {
        if (!schema.node().path("properties").has(name.asText())) {
          findings.add(schema.place() + ": " + name.asText());
        }
      }
    }
    return findings;
  }

  private static List<String> closedValues(Contract contract) {
    List<JsonNode> allowed =
        List.of(contract.component("ErrorCode"), contract.component("GenerationStatus"));
    return places(schema -> schema.has("enum") && !allowed.contains(schema)).apply(contract);
  }

  private static List<String> namelessObjects(Contract contract) {
    List<JsonNode> named = new ArrayList<>();
    contract.components().forEach(named::add);
    return places(schema -> schema.has("properties") && !named.contains(schema)).apply(contract);
  }

  private static List<String> printableSecrets(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (PlacedSchema schema : contract.schemas()) {
      for (Entry<String, JsonNode> property : schema.node().path("properties").properties()) {
        if (SECRETS.contains(property.getKey()) && !isFormat(property.getValue(), "password")) {
          findings.add(schema.place() + "." + property.getKey());
        }
      }
    }
    return findings;
  }

  private static List<String> undescribed(Contract contract) {
    List<String> findings = new ArrayList<>();
    for (Entry<String, JsonNode> component : contract.components().properties()) {
      if (isUndescribed(component.getValue())) {
        findings.add(component.getKey());
      }
      for (Entry<String, JsonNode> property :
          component.getValue().path("properties").properties()) {
        if (isUndescribed(property.getValue())) {
          findings.add(component.getKey() + "." + property.getKey());
        }
      }
    }
    return findings;
  }

  private static boolean isUndescribed(JsonNode schema) {
    return schema.path("description").asText().isBlank();
  }
}
