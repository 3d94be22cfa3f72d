package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** The table of properties in the documentation is that of the metadata, and samples keep to it. */
class PageTest {
  private static final Path PAGE = Path.of("..", "docs", "spring-boot.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void whatSamplesSetAreProperties() throws Exception {
    List<String> set =
        YAML.matcher(Files.readString(PAGE))
            .results()
            .flatMap(sample -> names(sample.group(1)))
            .filter(name -> name.startsWith("elumenta."))
            .map(name -> name.replaceFirst("^elumenta[.]clients[.]\\w+", "elumenta"))
            .toList();

    assertThat(set)
        .hasSizeGreaterThan(10)
        .isSubsetOf(Metadata.properties().keySet().toArray(String[]::new));
  }

  private static Stream<String> names(String yaml) {
    YamlPropertiesFactoryBean properties = new YamlPropertiesFactoryBean();
    properties.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    return properties.getObject().stringPropertyNames().stream();
  }

  @Test
  void thePageHasEachPropertyWithItsDefaultAndDescriptionAndNoOther() throws Exception {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
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
