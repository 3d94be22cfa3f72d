package ru.elumenta.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars that an application gets with the client. */
final class SizeTable {
  private static final List<String> OF_CLIENT =
      List.of(
          "elumenta-client",
          "elumenta-error-model",
          "feign-core",
          "feign-jackson",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "jackson-datatype-jsr310",
          "jakarta.annotation-api",
          "jspecify",
          "failsafe",
          "httpcore5");

  private SizeTable() {}

  static void print() throws IOException {
    TreeMap<String, Long> sizes = new TreeMap<>();
    String separator = System.getProperty("path.separator");
    for (String entry : System.getProperty("java.class.path").split(separator)) {
      Path path = Path.of(entry);
      String name = name(path);
      if (OF_CLIENT.contains(name)) {
        sizes.put(name, size(path));
      }
    }
    Require.that(sizes.size() == OF_CLIENT.size());
    Table table = new Table("The jars that come with the client", "jar", "bytes");
    sizes.forEach((name, size) -> table.row(name, "%,d".formatted(size)));
    long sum = sizes.values().stream().collect(Collectors.summingLong(Long::longValue));
    table.row("all", "%,d".formatted(sum));
    table.print();
  }

  /** In the reactor a module is a folder of classes. */
  private static String name(Path path) {
    String text = path.toString();
    return Files.isDirectory(path)
        ? text.contains("generated-client") ? "elumenta-client" : "elumenta-error-model"
        : path.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  private static long size(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.size(path);
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
