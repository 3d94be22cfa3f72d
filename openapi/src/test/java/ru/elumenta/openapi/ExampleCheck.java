package ru.elumenta.openapi;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the examples of a contract against their schemas, in the eyes of the parser that the
 * generator uses. A member that the schema does not know counts as an error, so that a misspelt one
 * is noticed.
 */
final class ExampleCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenAPI contract;
  private final List<String> parserMessages;
  private final SchemaValidator validator;

  /** An example, where it stands, and the schema it must fit. */
  record PlacedExample(String place, Object value, Schema<?> schema) {}

  private ExampleCheck(SwaggerParseResult parsed) {
    this.contract = parsed.getOpenAPI();
    this.parserMessages = parsed.getMessages();
    this.validator = new SchemaValidator(contract, new MessageResolver());
  }

  static ExampleCheck ofFile(String file) {
    return new ExampleCheck(new OpenAPIV3Parser().readLocation(file, null, options()));
  }

  static ExampleCheck ofText(String yaml) {
    return new ExampleCheck(new OpenAPIV3Parser().readContents(yaml, null, options()));
  }

  private static ParseOptions options() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return options;
  }

  List<String> parserMessages() {
    return parserMessages;
  }

  List<PlacedExample> examples() {
    List<PlacedExample> examples = new ArrayList<>();
    contract
        .getPaths()
        .values()
        .forEach(path -> path.readOperations().forEach(operation -> collect(operation, examples)));
    return examples;
  }

  /** Returns what is wrong with an example, nothing if it fits. */
  List<String> faults(PlacedExample example) {
    try {
      String json = JSON.writeValueAsString(example.value());
      return validator.validate(json, example.schema(), "example").getMessages().stream()
          .map(ValidationReport.Message::getMessage)
          .toList();
    } catch (JsonProcessingException e) {
      return List.of(e.getMessage());
    }
  }

  private void collect(Operation operation, List<PlacedExample> found) {
    String id = operation.getOperationId();
    if (operation.getRequestBody() != null) {
      collect(id + " request", operation.getRequestBody().getContent(), found);
    }
    operation
        .getResponses()
        .forEach(
            (status, reference) -> {
              var response =
                  reference.get$ref() == null
                      ? reference
                      : contract.getComponents().getResponses().get(lastPart(reference.get$ref()));
              collect(id + " " + status, response.getContent(), found);
              if (response.getHeaders() != null) {
                response.getHeaders().forEach((n, h) -> collect(id + " " + n, h, found));
              }
            });
  }

  private void collect(String place, Content content, List<PlacedExample> found) {
    if (content == null) {
      return;
    }
    for (var media : content.values()) {
      if (media.getExamples() != null) {
        media
            .getExamples()
            .forEach(
                (name, reference) -> {
                  var example =
                      reference.get$ref() == null
                          ? reference
                          : contract
                              .getComponents()
                              .getExamples()
                              .get(lastPart(reference.get$ref()));
                  found.add(
                      new PlacedExample(place + " " + name, example.getValue(), media.getSchema()));
                });
      }
    }
  }

  private void collect(String place, Header reference, List<PlacedExample> found) {
    Header header =
        reference.get$ref() == null
            ? reference
            : contract.getComponents().getHeaders().get(lastPart(reference.get$ref()));
    if (header.getExample() != null) {
      found.add(new PlacedExample(place, header.getExample(), header.getSchema()));
    }
  }

  private static String lastPart(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
