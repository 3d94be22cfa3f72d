package ru.elumenta.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a {@link ContractCoverage} as {@code coverage.json} and {@code coverage.html}, and reads
 * it back. As a program it adds up those of several modules:
 *
 * <pre>{@code
 * java -cp … ru.elumenta.contract.CoverageFiles all one/target/elumenta two/target/elumenta
 * }</pre>
 */
public final class CoverageFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private CoverageFiles() {}

  /**
   * Writes both files into a folder, which is made if it is not there.
   *
   * @throws IOException if they cannot be written
   */
  public static void write(ContractCoverage coverage, Path folder) throws IOException {
    write(coverage, folder, "");
  }

  static void write(ContractCoverage coverage, Path folder, String suffix) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("coverage" + suffix + ".json"), JSON.writeValueAsString(coverage));
    Files.writeString(folder.resolve("coverage" + suffix + ".html"), CoveragePage.of(coverage));
  }

  /**
   * Reads a file {@code coverage.json}.
   *
   * @throws IOException if it cannot be read or is none
   */
  public static ContractCoverage read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), ContractCoverage.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no coverage: " + e.getOriginalMessage());
    }
  }

  /**
   * Adds coverages up.
   *
   * @param arguments the folder to write to, then files, or folders with files {@code
   *     coverage*.json}
   * @throws IOException if one cannot be read or the sum cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("Give the folder to write to, then the files or folders to add up.");
      System.exit(2);
    }
    ContractCoverage sum = TestCoverage.none();
    for (int i = 1; i < arguments.length; i++) {
      for (Path file : files(Path.of(arguments[i]))) {
        sum = sum.plus(read(file));
      }
    }
    write(sum, Path.of(arguments[0]));
    System.out.printf(
        "%d of %d documented answers met: %s%n",
        sum.met(), sum.documented(), Path.of(arguments[0]).resolve("coverage.html"));
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      return new ArrayList<>(
          all.filter(each -> each.getFileName().toString().matches("coverage.*\\.json"))
              .sorted()
              .toList());
    }
  }
}
