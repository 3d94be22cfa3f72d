package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
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
}
