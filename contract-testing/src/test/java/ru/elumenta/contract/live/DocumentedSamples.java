package ru.elumenta.contract.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import ru.elumenta.contract.live.ContractSource.Spot;

/** Finds where the samples of the contract have values of a schema. Used by one thread. */
final class DocumentedSamples {
  private final ContractSource source;

  DocumentedSamples(ContractSource source) {
    this.source = source;
  }

  /** Returns the scalar values of a schema in all samples, each once. */
  List<Spot> of(Spot schema) {
    List<Spot> found = new ArrayList<>();
    source
        .operations()
        .forEach(operation -> media(operation).forEach(m -> search(m, schema, found)));
    return found;
  }

  private Stream<Spot> media(Spot operation) {
    Stream<Spot> answers = source.member(operation, "responses").stream().flatMap(source::values);
    return Stream.concat(answers, source.member(operation, "requestBody").stream())
        .map(source::followed)
        .flatMap(message -> source.member(message, "content").stream())
        .flatMap(source::values);
  }

  private void search(Spot media, Spot wanted, List<Spot> found) {
    Optional<Spot> schema = source.member(media, "schema");
    if (schema.isPresent()) {
      source.member(media, "examples").stream()
          .flatMap(source::values)
          .map(source::followed)
          .flatMap(example -> source.member(example, "value").stream())
          .forEach(value -> compare(value, schema.get(), "", wanted, found));
    }
  }

  private void compare(Spot value, Spot root, String pointer, Spot wanted, List<Spot> found) {
    if (value.node() instanceof MappingNode mapping) {
      for (NodeTuple each : mapping.getValue()) {
        String name = ((ScalarNode) each.getKeyNode()).getValue();
        compare(
            new Spot(value.file(), each.getValueNode()), root, pointer + "/" + name, wanted, found);
      }
    } else if (value.node() instanceof SequenceNode list) {
      list.getValue()
          .forEach(
              each -> compare(new Spot(value.file(), each), root, pointer + "/*", wanted, found));
    } else if (source.schema(root, pointer).filter(each -> isSame(each, wanted)).isPresent()
        && found.stream().noneMatch(each -> isSame(each, value))) {
      found.add(value);
    }
  }

  private static boolean isSame(Spot one, Spot other) {
    return one.file().equals(other.file()) && one.line() == other.line();
  }

  /** Writes a documented value as another type; empty if it cannot be said so. */
  static Optional<String> written(String value, String type) {
    if (value.equals("null")) {
      return Optional.of(value);
    }
    return switch (type) {
      case "string" -> Optional.of("'" + value.replace("'", "''") + "'");
      case "array" -> Optional.of("['" + value.replace("'", "''") + "']");
      case "integer" -> Optional.of(value).filter(each -> each.matches("-?\\d+"));
      case "number" -> Optional.of(value).filter(each -> each.matches("-?\\d+(\\.\\d+)?"));
      default -> Optional.empty();
    };
  }
}
