package ru.elumenta.openapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a contract and follows its references. It does so itself because the parsers drop what they
 * do not understand: a required name without a property, for one, does not survive them.
 */
final class ContractReader {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Map<Path, JsonNode> files = new HashMap<>();

  private ContractReader() {}

  /** Returns the file of the contract on the class path. */
  static Path publishedFile() {
    try {
      return Path.of(
          ContractReader.class.getResource("/elumenta-openapi/openapi.yaml").toURI().normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Contract read(Path file) {
    ContractReader reader = new ContractReader();
    return new Contract(reader.expand(reader.load(file), file, new LinkedHashSet<>()));
  }

  static Contract parse(String yaml) {
    Path file = Path.of("inline.yaml");
    ContractReader reader = new ContractReader();
    reader.files.put(file, tree(file.toString(), yaml));
    return new Contract(reader.expand(reader.load(file), file, new LinkedHashSet<>()));
  }

  private JsonNode expand(JsonNode node, Path file, Set<String> open) {
    if (node.path("$ref").isTextual()) {
      return follow(node.get("$ref").textValue(), file, open);
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> copy.set(e.getKey(), expand(e.getValue(), file, open)));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> copy.add(expand(element, file, open)));
      return copy;
    }
    return node;
  }

  private JsonNode follow(String reference, Path from, Set<String> open) {
    String[] parts = reference.split("#", 2);
    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    JsonNode target = load(file).at(JsonPointer.compile(parts.length == 2 ? parts[1] : ""));
    if (target.isMissingNode()) {
      throw new IllegalStateException(from.getFileName() + " refers to nothing: " + reference);
    }
    String address = file + "#" + parts[parts.length - 1];
    if (!open.add(address)) {
      throw new IllegalStateException(from.getFileName() + " refers to itself: " + reference);
    }
    JsonNode expanded = expand(target, file, open);
    open.remove(address);
    return expanded;
  }

  private JsonNode load(Path file) {
    return files.computeIfAbsent(
        file,
        missing -> {
          try {
            return tree(missing.toString(), Files.readString(missing));
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + missing, e);
          }
        });
  }

  /** The parser's message says line and column, but not of which file. */
  private static JsonNode tree(String file, String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
