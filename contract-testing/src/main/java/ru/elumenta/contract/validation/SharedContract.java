package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;

/** A contract, read once: its operations and what checks against it need. Thread-safe. */
final class SharedContract {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final int MOST_CHARACTERS = 64 << 20;

  private final List<ContractOperation> operations = new ArrayList<>();
  private final Map<Integer, Set<String>> codes = new HashMap<>();
  private final Set<String> passwordMembers = new TreeSet<>();
  private final JsonNode document;
  private final ContractSchemas schemas;

  private static final class Elumenta {
    static final SharedContract CONTRACT = read();

    private static SharedContract read() {
      // As JSON, where the jar has that: reading the YAML was a fifth of the first check.
      boolean isJson = ContractFiles.has("elumenta.json");
      try (InputStream in = ContractFiles.open(isJson ? "elumenta.json" : "elumenta.yaml")) {
        return isJson
            ? new SharedContract(new JsonMapper().readTree(in))
            : new SharedContract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns Elumenta's contract; the first call in a JVM reads it. */
  static SharedContract elumenta() {
    JacksonVersion.check();
    return Elumenta.CONTRACT;
  }

  SharedContract(String yaml) {
    this(read(yaml));
  }

  private SharedContract(JsonNode document) {
    this.document = document;
    schemas = new ContractSchemas(document);
    document.path("paths").properties().forEach(path -> collect(path.getKey(), path.getValue()));
    document.at("/components/schemas").forEach(this::collectPasswords);
  }

  private static JsonNode read(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    try {
      return new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build()).readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect(String path, JsonNode item) {
    item.properties()
        .forEach(
            entry -> {
              if (METHODS.contains(entry.getKey())) {
                operations.add(operation(entry.getKey(), path, item, entry.getValue()));
              }
            });
  }

  private ContractOperation operation(String method, String path, JsonNode item, JsonNode spec) {
    Map<String, ContractOperation.Parameter> parameters = new LinkedHashMap<>();
    for (JsonNode each : List.of(item.path("parameters"), spec.path("parameters"))) {
      each.forEach(
          reference -> {
            JsonNode parameter = followed(reference);
            parameters.put(
                parameter.path("in").asText() + " " + parameter.path("name").asText(),
                new ContractOperation.Parameter(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    parameter.path("required").asBoolean(false),
                    parameter.path("allowEmptyValue").asBoolean(false),
                    parameter.path("explode").asBoolean(true),
                    schemas.of(parameter.path("schema"))));
          });
    }
    Map<String, Map<String, ContractSchema>> responses = new LinkedHashMap<>();
    spec.path("responses")
        .properties()
        .forEach(
            entry -> {
              JsonNode response = followed(entry.getValue());
              responses.put(entry.getKey(), content(response));
              collectCodes(Integer.parseInt(entry.getKey()), response);
            });
    JsonNode body = followed(spec.path("requestBody"));
    JsonNode security = spec.has("security") ? spec.get("security") : document.path("security");
    return new ContractOperation(
        spec.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        List.copyOf(parameters.values()),
        spec.has("requestBody"),
        body.path("required").asBoolean(false),
        content(body),
        responses,
        !security.isEmpty());
  }

  private Map<String, ContractSchema> content(JsonNode message) {
    Map<String, ContractSchema> content = new LinkedHashMap<>();
    message
        .path("content")
        .properties()
        .forEach(media -> content.put(media.getKey(), schemas.of(media.getValue().path("schema"))));
    return content;
  }

  private JsonNode followed(JsonNode node) {
    return schemas.followed(node);
  }

  /** The codes that belong to a status are those of its examples. */
  private void collectCodes(int status, JsonNode response) {
    if (status < 400) {
      return;
    }
    Set<String> found = codes.computeIfAbsent(status, each -> new TreeSet<>());
    response
        .path("content")
        .forEach(
            media ->
                media
                    .path("examples")
                    .forEach(
                        reference -> {
                          String code = followed(reference).path("value").path("error").asText();
                          if (!code.isEmpty()) {
                            found.add(code);
                          }
                        }));
  }

  private void collectPasswords(JsonNode schema) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (property.getValue().path("format").asText().equals("password")) {
                passwordMembers.add(property.getKey());
              }
            });
  }

  /**
   * Returns the operations whose path fits best, one per method; a path given literally goes before
   * one with parameters, as OpenAPI demands. Empty if the contract does not have the path.
   */
  List<ContractOperation> operationsAt(String path) {
    Comparator<ContractOperation> byLiterals =
        Comparator.comparing(each -> each.literalParts(path).orElse(-1));
    return operations.stream()
        .filter(each -> each.literalParts(path).isPresent())
        .max(byLiterals)
        .map(best -> operations.stream().filter(e -> e.template().equals(best.template())).toList())
        .orElse(List.of());
  }

  List<ContractOperation> operations() {
    return operations;
  }

  /** Returns the codes that belong to an error status; empty where the contract names none. */
  Set<String> codesOf(int status) {
    return codes.getOrDefault(status, Set.of());
  }

  /** Returns all codes that the contract has. */
  Set<String> codes() {
    Set<String> all = new LinkedHashSet<>();
    document.at("/components/schemas/ErrorCode/enum").forEach(code -> all.add(code.asText()));
    return all;
  }

  /** Returns the names of members that are passwords or tokens. */
  Set<String> passwordMembers() {
    return passwordMembers;
  }

  ContractSchema schema(String name) {
    return schemas.named(name);
  }
}
