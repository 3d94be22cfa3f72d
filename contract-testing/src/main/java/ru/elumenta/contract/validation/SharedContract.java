package ru.elumenta.contract.validation;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A contract, read once: its operations and what checks against it need. Immutable. */
final class SharedContract {
  static {
    LibrariesOnClassPath.read();
  }

  private final List<ContractOperation> operations = new ArrayList<>();
  private final Map<Integer, Set<String>> codes = new HashMap<>();
  private final Set<String> passwordMembers = new TreeSet<>();
  private final OpenApiInteractionValidator parameters;
  private final SchemaValidator schemas;
  private final OpenAPI document;

  private static final class Elumenta {
    static final SharedContract CONTRACT = read();

    private static SharedContract read() {
      try (InputStream in = ContractFiles.open("elumenta.yaml")) {
        return new SharedContract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns Elumenta's contract; the first call in a JVM reads it. */
  static SharedContract elumenta() {
    return Elumenta.CONTRACT;
  }

  SharedContract(String yaml) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    document = new OpenAPIV3Parser().readContents(yaml, null, options).getOpenAPI();
    document.getPaths().forEach(this::collect);
    document.getComponents().getSchemas().values().forEach(this::collectPasswords);
    schemas = new SchemaValidator(document, new MessageResolver());
    parameters =
        OpenApiInteractionValidator.createFor(document)
            .withBasePathOverride("/") // paths are given without the base path
            .withLevelResolver(
                LevelResolver.create()
                    .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                    .withLevel("validation.request.security.missing", Level.IGNORE)
                    .build())
            .build();
  }

  private void collect(String path, io.swagger.v3.oas.models.PathItem item) {
    item.readOperationsMap()
        .forEach(
            (HttpMethod method, io.swagger.v3.oas.models.Operation operation) -> {
              var security =
                  operation.getSecurity() == null
                      ? document.getSecurity()
                      : operation.getSecurity();
              operation.getResponses().replaceAll((status, response) -> resolved(response));
              operation
                  .getResponses()
                  .forEach((status, response) -> collectCodes(Integer.parseInt(status), response));
              operations.add(
                  new ContractOperation(
                      operation.getOperationId(),
                      method.name(),
                      path,
                      operation,
                      security != null && !security.isEmpty()));
            });
  }

  private ApiResponse resolved(ApiResponse response) {
    return response.get$ref() == null
        ? response
        : document.getComponents().getResponses().get(lastPart(response.get$ref()));
  }

  /** The codes that belong to a status are those of its examples. */
  private void collectCodes(int status, ApiResponse response) {
    if (status < 400 || response.getContent() == null) {
      return;
    }
    Set<String> found = codes.computeIfAbsent(status, each -> new TreeSet<>());
    response
        .getContent()
        .values()
        .forEach(
            media ->
                Optional.ofNullable(media.getExamples())
                    .orElse(Map.of())
                    .values()
                    .forEach(
                        reference -> {
                          var example =
                              reference.get$ref() == null
                                  ? reference
                                  : document
                                      .getComponents()
                                      .getExamples()
                                      .get(lastPart(reference.get$ref()));
                          String code = JsonText.tree(example.getValue()).path("error").asText();
                          if (!code.isEmpty()) {
                            found.add(code);
                          }
                        }));
  }

  private void collectPasswords(Schema<?> schema) {
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, property) -> {
                if ("password".equals(property.getFormat())) {
                  passwordMembers.add(name);
                }
              });
    }
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
  List<?> codes() {
    return document.getComponents().getSchemas().get("ErrorCode").getEnum();
  }

  /** Returns the names of members that are passwords or tokens. */
  Set<String> passwordMembers() {
    return passwordMembers;
  }

  Schema<?> schema(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }

  /** The schema behind a reference. */
  Schema<?> resolved(Schema<?> schema) {
    return schema.get$ref() == null
        ? schema
        : document.getComponents().getSchemas().get(lastPart(schema.get$ref()));
  }

  /**
   * Returns whether a schema lets any JSON pass: one of an object of which nothing is said. The
   * parser, and the contract's bundle with it, makes that of a schema without a type.
   */
  static boolean isOfAnything(Schema<?> schema) {
    return schema.get$ref() == null
        && "object".equals(schema.getType())
        && schema.getProperties() == null
        && schema.getAdditionalProperties() == null;
  }

  SchemaValidator schemas() {
    return schemas;
  }

  OpenApiInteractionValidator parameters() {
    return parameters;
  }

  private static String lastPart(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
