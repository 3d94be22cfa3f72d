package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of properties in the documentation is that of the metadata, to the letter. */
class PageTest {
  @Test
  void thePageHasEachPropertyWithItsDefaultAndDescriptionAndNoOther() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "spring-boot.md")).stream()
            .filter(line -> line.matches("\\| `(elumenta|management)[.].*"))
            .toList();

    assertThat(rows)
        .isEqualTo(
            Metadata.properties().entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList());
  }

  private static String row(String name, Metadata.Property property) {
    String value = property.defaultValue();
    return "| `%s` | %s | %s |"
        .formatted(name, value.isEmpty() ? "" : "`" + value + "`", property.description());
  }
}
