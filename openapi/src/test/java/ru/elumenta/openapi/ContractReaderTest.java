package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractReaderTest {
  @TempDir Path folder;

  @Test
  void referencesAreFollowedFromFileToFile() throws IOException {
    write("openapi.yaml", "paths: {/a: {$ref: 'paths/a.yaml#/a'}}");
    write("paths/a.yaml", "a: {get: {x: {$ref: '../schemas/s.yaml#/S'}}}");
    write("schemas/s.yaml", "S: {properties: {t: {$ref: '#/T'}}}\nT: {type: string}");

    Contract contract = ContractReader.read(folder.resolve("openapi.yaml"));

    assertThat(contract.document().at("/paths/~1a/get/x/properties/t/type").asText())
        .isEqualTo("string");
  }

  @Test
  void aReferenceToNothingIsAnError() {
    assertThatThrownBy(() -> ContractReader.parse("a: {$ref: '#/b'}"))
        .hasMessage("inline.yaml refers to nothing: #/b");
  }

  @Test
  void aReferenceInACircleIsAnError() {
    assertThatThrownBy(() -> ContractReader.parse("a: {b: {$ref: '#/a'}}"))
        .hasMessage("inline.yaml refers to itself: #/a");
  }

  @Test
  void aKeyWrittenTwiceIsAnError() {
    assertThatThrownBy(() -> ContractReader.parse("a: 1\na: 2"))
        .hasMessageContaining("Duplicate field 'a'");
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithLineAndColumn() throws IOException {
    write("openapi.yaml", "paths: {/a: {$ref: 'paths/a.yaml#/a'}}");
    write("paths/a.yaml", "a:\n  get:\n    x: [1\n  post: 2\n");

    assertThatThrownBy(() -> ContractReader.read(folder.resolve("openapi.yaml")))
        .hasMessageContaining(Path.of("paths", "a.yaml") + ": ")
        .hasMessageContaining("line 4");
  }

  private void write(String name, String yaml) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }
}
