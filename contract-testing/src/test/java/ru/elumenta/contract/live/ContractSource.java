package ru.elumenta.contract.live;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The contract as a maintainer sees it: files and lines. Used by one thread. */
final class ContractSource {
  private final Path folder;
  private final Map<Path, Node> files = new HashMap<>();

  ContractSource(Path folder) {
    this.folder = folder;
  }

  /**
   * Something in a file.
   *
   * @param file below the folder
   * @param node what stands there
   */
  record Spot(Path file, Node node) {
    /** Counts from 0. */
    int line() {
      return node.getStartMark().getLine();
    }
  }

  Path folder() {
    return folder;
  }

  List<String> lines(Path file) {
    try {
      return Files.readAllLines(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds an operation by its id. */
  Optional<Spot> operation(String id) {
    return operations().stream()
        .filter(spot -> member(spot, "operationId").map(this::text).filter(id::equals).isPresent())
        .findFirst();
  }

  List<Spot> operations() {
    try (Stream<Path> paths = Files.list(folder.resolve("paths"))) {
      return paths
          .sorted()
          .map(folder::relativize)
          .flatMap(file -> operations(new Spot(file, root(file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Spot> operations(Spot paths) {
    return values(paths).flatMap(this::values).filter(spot -> spot.node instanceof MappingNode);
  }

  /** Returns the reference that operations have in common for a status, if there is one. */
  Optional<String> sharedResponse(String status) {
    return operations().stream()
        .flatMap(each -> down(each, "responses", status, "$ref").stream())
        .map(this::text)
        .findFirst();
  }

  /** Returns the values of a mapping. */
  Stream<Spot> values(Spot spot) {
    return spot.node instanceof MappingNode mapping
        ? mapping.getValue().stream().map(each -> new Spot(spot.file, each.getValueNode()))
        : Stream.empty();
  }

  /** Finds the schema of what an operation answers if all is well. */
  Optional<Spot> answer(Spot operation) {
    return member(operation, "responses").stream()
        .flatMap(this::values)
        .map(this::followed)
        .flatMap(response -> down(response, "content", "application/json", "schema").stream())
        .findFirst();
  }

  /**
   * Finds the schema of a value.
   *
   * @param pointer as in a finding, where {@code *} or a number is any element of a list
   */
  Optional<Spot> schema(Spot root, String pointer) {
    Spot at = followed(root);
    if (pointer.isEmpty()) {
      return Optional.of(at);
    }
    int end = pointer.indexOf('/', 1);
    String name = end < 0 ? pointer.substring(1) : pointer.substring(1, end);
    String rest = end < 0 ? "" : pointer.substring(end);
    Optional<Spot> next =
        name.matches("\\*|\\d+") ? member(at, "items") : down(at, "properties", name);
    if (next.isPresent()) {
      return schema(next.get(), rest);
    }
    return Stream.of("allOf", "oneOf", "anyOf")
        .flatMap(kind -> member(at, kind).stream())
        .flatMap(list -> ((SequenceNode) list.node).getValue().stream())
        .flatMap(each -> schema(new Spot(at.file, each), pointer).stream())
        .findFirst();
  }

  private Optional<Spot> down(Spot spot, String... names) {
    Optional<Spot> at = Optional.of(spot);
    for (String name : names) {
      at = at.flatMap(each -> member(each, name));
    }
    return at;
  }

  Optional<Spot> member(Spot spot, String name) {
    return entry(spot, name).map(each -> new Spot(spot.file, each.getValueNode()));
  }

  /** Finds the line of a member's name. */
  Optional<Spot> name(Spot spot, String name) {
    return entry(spot, name).map(each -> new Spot(spot.file, each.getKeyNode()));
  }

  private Optional<NodeTuple> entry(Spot spot, String name) {
    return spot.node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(each -> ((ScalarNode) each.getKeyNode()).getValue().equals(name))
            .findFirst()
        : Optional.empty();
  }

  String text(Spot spot) {
    return spot.node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Returns what a reference points to; anything else as it is. */
  Spot followed(Spot spot) {
    Optional<String> reference = member(spot, "$ref").map(this::text);
    if (reference.isEmpty()) {
      return spot;
    }
    String[] parts = reference.get().split("#/", 2);
    Path file = parts[0].isEmpty() ? spot.file : spot.file.resolveSibling(parts[0]).normalize();
    return followed(down(new Spot(file, root(file)), parts[1].split("/")).orElseThrow());
  }

  private Node root(Path file) {
    return files.computeIfAbsent(
        file,
        each ->
            new Yaml(new LoaderOptions())
                .compose(new StringReader(String.join("\n", lines(each)) + "\n")));
  }
}
