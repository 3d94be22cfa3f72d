package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show in Java and Kotlin is code that is compiled and run here, to the letter. */
class DocsTest {
  private static final Pattern SHOWN = Pattern.compile("(?s)```(?:java|kotlin)\n(.*?)```");

  /** Shows a change of the contract that nobody has made. */
  private static final String MADE_UP = "changing-the-contract.md";

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
      return files
          .filter(page -> page.toString().endsWith(".md") && !page.endsWith(MADE_UP))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySnippetIsCodeOfTheExamples(Path page) throws IOException {
    String sources = sources();

    SHOWN
        .matcher(Files.readString(page))
        .results()
        .map(snippet -> unindented(snippet.group(1)))
        .forEach(snippet -> assertThat(sources.contains(snippet)).as(snippet).isTrue());
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src")), tests())) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|kt)"))
          .map(DocsTest::text)
          .map(DocsTest::unindented)
          .collect(Collectors.joining("\n"));
    }
  }

  /** The tests of these are examples of them. */
  private static Stream<Path> tests() throws IOException {
    return Stream.concat(
        Files.walk(Path.of("..", "contract-testing", "src", "test")),
        Stream.concat(
            Files.walk(Path.of("..", "redis", "src", "test")),
            Files.walk(Path.of("..", "micrometer", "src", "test"))));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
