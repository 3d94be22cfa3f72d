package ru.elumenta.openapi.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says in a contract of OpenAPI 3.1 the same in words that the generator understands. Used by one
 * thread.
 */
@SuppressWarnings("rawtypes") // the model of the parser
final class PlainerWords {
  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private final Map<String, Schema> components;
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PlainerWords(Map<String, Schema> components) {
    this.components = components;
  }

  static void into(OpenAPI contract) {
    Map<String, Schema> schemas =
        contract.getComponents() == null ? null : contract.getComponents().getSchemas();
    PlainerWords words = new PlainerWords(schemas == null ? Map.of() : schemas);
    words.components.values().forEach(words::schema);
    if (contract.getPaths() != null) {
      contract
          .getPaths()
          .values()
          .forEach(
              item -> {
                words.parameters(item.getParameters());
                item.readOperations().forEach(words::operation);
              });
    }
  }

  private void operation(Operation operation) {
    parameters(operation.getParameters());
    if (operation.getRequestBody() != null) {
      content(operation.getRequestBody().getContent());
    }
    if (operation.getResponses() != null) {
      operation.getResponses().values().forEach(response -> content(response.getContent()));
    }
  }

  private void parameters(List<io.swagger.v3.oas.models.parameters.Parameter> parameters) {
    if (parameters != null) {
      parameters.forEach(parameter -> schema(parameter.getSchema()));
    }
  }

  /** In 3.1 a file needs no schema, or one that only names its media type. */
  private void content(Content content) {
    if (content == null) {
      return;
    }
    content.forEach(
        (type, media) -> {
          if (isBinary(type) && (media.getSchema() == null || isAnything(media.getSchema()))) {
            Schema<?> bytes = new Schema<>().format("binary");
            type(bytes, "string");
            media.setSchema(bytes);
          }
          schema(media.getSchema());
          if (isBinary(type)) {
            file(media.getSchema());
          } else if (type.startsWith("multipart/")) {
            parts(media);
          }
        });
  }

  private void parts(MediaType media) {
    Schema<?> form = resolved(media.getSchema());
    if (form == null || form.getProperties() == null) {
      return;
    }
    form.getProperties()
        .values()
        .forEach(
            part -> {
              file(part);
              file(part.getItems());
            });
  }

  private static void file(Schema<?> schema) {
    if (schema != null
        && schema.getContentMediaType() != null
        && schema.getContentEncoding() == null
        && schema.getFormat() == null) {
      type(schema, "string");
      schema.setFormat("binary");
    }
  }

  private void schema(Schema<?> schema) {
    if (schema == null || !seen.add(schema)) {
      return;
    }
    constant(schema);
    if (schema.getPrefixItems() != null) {
      schema.setItems(new Schema<>()); // a list of one type would lose the others
    }
    if ("base64".equals(schema.getContentEncoding()) && schema.getFormat() == null) {
      schema.setFormat("byte");
    }
    if (isChoiceOfScalars(schema)) {
      schema.setTypes(null);
      schema.setType(null);
      schema.setOneOf(null);
      schema.setAnyOf(null);
    }
    schema(schema.getItems());
    all(schema.getAllOf());
    all(schema.getOneOf());
    all(schema.getAnyOf());
    if (schema.getProperties() != null) {
      all(schema.getProperties().values());
    }
    if (schema.getAdditionalProperties() instanceof Schema<?> values) {
      schema(values);
    }
  }

  private void all(Collection<Schema> schemas) {
    if (schemas != null) {
      schemas.forEach(this::schema);
    }
  }

  /** A constant is an enum of one value, and has the type of that. */
  private static void constant(Schema<?> schema) {
    Object value = schema.getConst();
    if (value == null) {
      return;
    }
    if (schema.getTypes() == null && schema.getType() == null) {
      type(
          schema,
          value instanceof String
              ? "string"
              : value instanceof Boolean
                  ? "boolean"
                  : value instanceof Integer || value instanceof Long ? "integer" : "number");
    }
    if (schema.getEnum() == null && value instanceof String) {
      enumOf(schema, value);
    }
  }

  @SuppressWarnings("unchecked") // a schema of whatever its constant is
  private static void enumOf(Schema<?> schema, Object value) {
    ((Schema<Object>) schema).setEnum(List.of(value));
  }

  private static void type(Schema<?> schema, String type) {
    schema.setType(type);
    schema.setTypes(new TreeSet<>(Set.of(type)));
  }

  /** Of such a choice the generator makes an empty class; any value can be read and sent. */
  private boolean isChoiceOfScalars(Schema<?> schema) {
    if (schema.getTypes() != null) {
      Set<String> types = new TreeSet<>(schema.getTypes());
      types.remove("null");
      if (types.size() > 1) {
        return true;
      }
    }
    List<Schema> branches = schema.getOneOf() == null ? schema.getAnyOf() : schema.getOneOf();
    if (branches == null || branches.size() < 2) {
      return false;
    }
    Set<String> types = new TreeSet<>();
    for (Schema<?> branch : branches) {
      String type = typeOf(branch);
      if (!"null".equals(type) && (type == null || !SCALARS.contains(type))) {
        return false;
      }
      types.add(type);
    }
    types.remove("null");
    return types.size() > 1;
  }

  private String typeOf(Schema<?> schema) {
    Schema<?> meant = resolved(schema);
    if (meant == null) {
      return null;
    }
    if (meant.getTypes() != null && meant.getTypes().size() == 1) {
      return meant.getTypes().iterator().next();
    }
    return meant.getType();
  }

  private Schema<?> resolved(Schema<?> schema) {
    if (schema == null || schema.get$ref() == null) {
      return schema;
    }
    return components.get(schema.get$ref().replaceFirst(".*/", ""));
  }

  private static boolean isAnything(Schema<?> schema) {
    return schema.get$ref() == null
        && schema.getType() == null
        && (schema.getTypes() == null || schema.getTypes().isEmpty())
        && schema.getContentMediaType() == null
        && schema.getProperties() == null
        && schema.getAllOf() == null
        && schema.getOneOf() == null
        && schema.getAnyOf() == null;
  }

  private static boolean isBinary(String mediaType) {
    return mediaType.startsWith("image/")
        || mediaType.startsWith("audio/")
        || mediaType.startsWith("video/")
        || mediaType.startsWith("application/octet-stream")
        || mediaType.startsWith("application/pdf")
        || mediaType.startsWith("application/zip");
  }
}
