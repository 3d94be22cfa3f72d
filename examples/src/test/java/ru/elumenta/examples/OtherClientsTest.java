package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The clients that are made by hand are those that the build and the page speak of. */
class OtherClientsTest {
  private static final Path HOUSE = Path.of("..");
  private static final Path PAGE = HOUSE.resolve("docs/other-clients.md");
  private static final Path SCRIPTS = Path.of("other-clients");

  private static String first(String pattern, Path file) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
    assertThat(found.find()).as(file + " has " + pattern).isTrue();
    return found.group(1);
  }

  @Test
  void theirGeneratorIsOfTheVersionThatTheBuildUses() throws IOException {
    String version =
        first(
            "<openapi-generator\\.version>(.+)</openapi-generator\\.version>",
            HOUSE.resolve("pom.xml"));

    assertThat(
            first(
                "<artifactId>openapi-generator-maven-plugin</artifactId>\\s*<version>(.+)</version>",
                SCRIPTS.resolve("pom.xml")))
        .as("openapi-generator in examples/other-clients/pom.xml; the root POM has")
        .isEqualTo(version);
    assertThat(first("openapi-generator ([\\d.]+\\d)", PAGE))
        .as("openapi-generator in docs/other-clients.md; the root POM has")
        .isEqualTo(version);
  }

  @Test
  void thePageNamesTheVersionsThatTheScriptFetches() throws IOException {
    for (String each : new String[] {"openapi-typescript", "openapi-fetch"}) {
      assertThat(first(each + " ([\\d.]+\\d)", PAGE))
          .as(each + " in docs/other-clients.md; typescript.sh has")
          .isEqualTo(first(each + "@([\\d.]+\\d)", SCRIPTS.resolve("typescript.sh")));
    }
  }
}
