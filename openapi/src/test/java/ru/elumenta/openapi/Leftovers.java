package ru.elumenta.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what the files of a contract define and nothing refers to. */
final class Leftovers {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Leftovers() {}

  /** Returns the top-level keys of the given folders that no file of the contract refers to. */
  static Set<String> in(Path contract, List<String> folders) {
    Set<String> referredTo = new HashSet<>();
    for (Path file : filesUnder(contract)) {
      for (String reference : tree(file).findValuesAsText("$ref")) {
        referredTo.add(absolute(file, reference));
      }
    }
    Set<String> leftovers = new TreeSet<>();
    for (String folder : folders) {
      for (Path file : filesUnder(contract.resolve(folder))) {
        tree(file)
            .fieldNames()
            .forEachRemaining(
                key -> {
                  if (!referredTo.contains(file + "#/" + key)) {
                    leftovers.add(contract.relativize(file) + "#/" + key);
                  }
                });
      }
    }
    return leftovers;
  }

  private static String absolute(Path from, String reference) {
    String[] parts = reference.split("#", 2);
    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    return file + "#" + parts[1];
  }

  private static List<Path> filesUnder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
