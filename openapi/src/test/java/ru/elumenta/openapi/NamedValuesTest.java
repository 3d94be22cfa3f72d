package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where hand-written code names the values of an enumeration of the contract, it names all of them:
 * a value that is added must be decided about in each place, not only read.
 */
class NamedValuesTest {
  private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\\n]+)\"");
  private static final Path HOUSE = Path.of("..");

  /** A file that names so many of an enumeration's values stands for the enumeration. */
  private static final int FEWEST = 3;

  /**
   * Its switch in DocumentedFailure is exhaustive: the compiler asks about a value that is added.
   */
  private static final String LEFT_TO_THE_COMPILER = "ErrorCode";

  @Test
  void everyFileThatStandsForAnEnumerationNamesAllOfIt() throws IOException {
    Contract contract = ContractReader.read(ContractReader.publishedFile());
    List<String> findings = new ArrayList<>();
    for (Entry<String, JsonNode> schema : contract.components().properties()) {
      Set<String> values = new LinkedHashSet<>();
      schema.getValue().path("enum").forEach(value -> values.add(value.asText()));
      if (schema.getKey().equals(LEFT_TO_THE_COMPILER)) {
        continue;
      }
      findings.addAll(incomplete(schema.getKey(), values));
    }

    assertThat(findings)
        .as(
            """
            places that name most values of an enumeration but not all. For a generation's status decide: \
            does it end the wait (GenerationStatus.isFinished), with a result or with a failure, is it \
            charged; then name it in each of these files\
            """)
        .isEmpty();
  }

  @Test
  void aFurtherStatusIsNoticedWhereverTheOthersAreNamed() throws IOException {
    Set<String> values = new LinkedHashSet<>(List.of("completed", "pending", "failed"));
    assertThat(incomplete("GenerationStatus", values)).isEmpty();
    values.add("cancelled");

    assertThat(incomplete("GenerationStatus", values))
        .contains(
            "GenerationStatus.java does not name cancelled of GenerationStatus",
            "ErrorBody.java does not name cancelled of GenerationStatus",
            "History.java does not name cancelled of GenerationStatus");
  }

  private static List<String> incomplete(String name, Set<String> values) throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : handWritten()) {
      Set<String> named = literals(Files.readString(file, StandardCharsets.UTF_8));
      named.retainAll(values);
      if (named.size() >= FEWEST && named.size() * 2 > values.size()) {
        Set<String> missing = new TreeSet<>(values);
        missing.removeAll(named);
        missing.forEach(
            value -> findings.add(file.getFileName() + " does not name " + value + " of " + name));
      }
    }
    return findings;
  }

  private static Set<String> literals(String source) {
    Set<String> literals = new LinkedHashSet<>();
    Matcher matcher = LITERAL.matcher(source);
    while (matcher.find()) {
      literals.add(matcher.group(1));
    }
    return literals;
  }

  private static List<Path> handWritten() throws IOException {
    try (Stream<Path> modules = Files.list(HOUSE)) {
      List<Path> files = new ArrayList<>();
      for (Path sources :
          modules.map(each -> each.resolve(Path.of("src", "main", "java"))).toList()) {
        if (Files.isDirectory(sources)) {
          try (Stream<Path> found = Files.walk(sources)) {
            found.filter(each -> each.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
      return files;
    }
  }
}
