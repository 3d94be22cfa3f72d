package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract in one file, which others read without the folder it came from. */
class BundleTest {
  private static final Path BUNDLE = Path.of("target", "bundled", "elumenta.yaml");

  /**
   * The parser does not follow every reference: one from a schema that no operation uses into
   * another file stays as it is, and the generator takes its target for an Object.
   */
  @Test
  void everyReferencePointsIntoTheFileItself() throws IOException {
    JsonNode bundle = new ObjectMapper(new YAMLFactory()).readTree(BUNDLE.toFile());
    List<String> references = bundle.findValuesAsText("$ref");

    assertThat(references).hasSizeGreaterThan(100);
    assertThat(new TreeSet<>(references))
        .as("references that the bundled contract cannot follow")
        .filteredOn(
            reference ->
                !reference.startsWith("#/") || bundle.at(reference.substring(1)).isMissingNode())
        .isEmpty();
  }

  @Test
  void theSameIsThereAsJson() throws IOException {
    JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(BUNDLE.toFile());

    assertThat(new ObjectMapper().readTree(BUNDLE.resolveSibling("elumenta.json").toFile()))
        .isEqualTo(yaml);
  }

  /**
   * Other people's generators obey x-implements, and then look for a class that they do not have.
   */
  @Test
  void itNamesNoClassOfOurs() throws IOException {
    assertThat(Files.readString(BUNDLE)).doesNotContain("ru.elumenta", "x-implements");
  }

  @Test
  void whatIsSharedIsWrittenOnce() throws IOException {
    JsonNode bundle = new ObjectMapper(new YAMLFactory()).readTree(BUNDLE.toFile());

    List<String> copies = new ArrayList<>();
    for (JsonNode path : bundle.path("paths")) {
      for (JsonNode operation : path) {
        operation.path("responses").properties().stream()
            .filter(each -> !each.getKey().startsWith("2") && !each.getValue().has("$ref"))
            .forEach(
                each -> copies.add(operation.path("operationId").asText() + " " + each.getKey()));
      }
    }
    assertThat(copies).as("error responses that are written out").isEmpty();
    try (Stream<String> lines = Files.lines(BUNDLE)) {
      assertThat(lines.count()).as("lines of the bundle").isLessThan(5_000);
    }
  }

  /** The generator's own bundler makes examples up, such as {@code id: id}. */
  @Test
  void everyExampleIsOneOfTheDocumentation() throws IOException {
    JsonNode bundle = new ObjectMapper(new YAMLFactory()).readTree(BUNDLE.toFile());

    assertThat(bundle.findValues("example"))
        .as("single examples, which only the headers have")
        .isEqualTo(bundle.path("components").path("headers").findValues("example"));
    assertThat(bundle.path("components").path("examples")).hasSizeGreaterThan(60);
  }

  @Test
  void theParserOfMostJavaToolsHasNothingToSay() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);

    assertThat(new OpenAPIV3Parser().readLocation(BUNDLE.toString(), null, options).getMessages())
        .isEmpty();
  }
}
