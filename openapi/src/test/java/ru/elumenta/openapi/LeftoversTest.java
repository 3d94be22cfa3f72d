package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path folder;

  @Test
  void everythingTheContractDefinesIsUsed() {
    Path contract = ContractReader.publishedFile().getParent();

    assertThat(Leftovers.in(contract, List.of("paths", "schemas", "examples"))).isEmpty();
  }

  @Test
  void aDefinitionThatNothingRefersToIsFound() throws IOException {
    Files.createDirectory(folder.resolve("schemas"));
    Files.writeString(folder.resolve("openapi.yaml"), "a: {$ref: 'schemas/s.yaml#/Used'}");
    Files.writeString(folder.resolve("schemas/s.yaml"), "Used: {}\nForgotten: {}");

    assertThat(Leftovers.in(folder, List.of("schemas")))
        .containsExactly("schemas/s.yaml#/Forgotten");
  }
}
