import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Writes the contract as one file. Run by the build as a single source file: {@code java
 * Bundle.java <openapi.yaml> <bundle> <bundle as JSON>}. JSON is read in half the time, by the
 * validator and whoever else starts often.
 *
 * <p>A reference into another file becomes a component of the kind that its place asks for, written
 * once and referred to from everywhere; a path is put where it belongs. Nothing is added: the
 * generator's own bundler copies responses into each operation and makes up examples.
 */
final class Bundle {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** The key above a map of such things, which is also the name of their kind of component. */
  private static final Set<String> KINDS =
      Set.of("responses", "headers", "examples", "parameters", "requestBodies");

  private final Map<Path, JsonNode> files = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Map<String, Map<String, JsonNode>> components = new TreeMap<>();

  private Bundle() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path bundle = Path.of(args[1]);
    Files.createDirectories(bundle.toAbsolutePath().getParent());
    try {
      JsonNode bundled = new Bundle().bundled(root);
      Files.writeString(bundle, text(bundled));
      Files.writeString(Path.of(args[2]), bundled.toString());
    } catch (IOException e) {
      System.err.println("The contract cannot be read. " + e.getMessage());
      System.exit(1);
    }
  }

  private JsonNode bundled(Path root) throws IOException {
    ObjectNode document = (ObjectNode) load(root);
    ObjectNode bundled = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      if (!member.getKey().equals("components")) {
        bundled.set(member.getKey(), copy(member.getValue(), member.getKey(), root));
      }
    }
    for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
      for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
        String reference = component.getValue().path("$ref").asText();
        if (reference.isEmpty()) {
          components
              .computeIfAbsent(kind.getKey(), each -> new TreeMap<>())
              .put(component.getKey(), copy(component.getValue(), kind.getKey(), root));
        } else {
          refer(reference, root, kind.getKey());
        }
      }
    }
    ObjectNode all = bundled.putObject("components");
    components.forEach(
        (kind, named) -> {
          ObjectNode ofKind = all.putObject(kind);
          named.forEach(ofKind::set);
        });
    return bundled;
  }

  /** Copies what stands in a file; the place says what a reference there refers to. */
  private JsonNode copy(JsonNode node, String place, Path file) throws IOException {
    if (node.path("$ref").isTextual()) {
      String reference = node.get("$ref").textValue();
      if (place.equals("paths")) {
        Path other = fileOf(reference, file);
        return copy(target(reference, file), "path", other);
      }
      ObjectNode referring = JsonNodeFactory.instance.objectNode();
      String kind = KINDS.contains(place) ? place : "schemas";
      return referring.put("$ref", refer(reference, file, kind));
    }
    if (node.isObject() && !place.equals("value")) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        // What a map of named things calls them means nothing; a reference there is of their kind.
        String below =
            !isMapOfNamed(place)
                ? member.getKey()
                : member.getValue().has("$ref") ? place : "one of " + place;
        copy.set(member.getKey(), copy(member.getValue(), below, file));
      }
      return copy;
    }
    if (node.isArray()) {
      var copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : node) {
        copy.add(copy(element, element.has("$ref") ? place : "one of " + place, file));
      }
      return copy;
    }
    return node;
  }

  private static boolean isMapOfNamed(String place) {
    return KINDS.contains(place) || place.equals("paths") || place.equals("properties");
  }

  /** Returns the reference within the bundle, to which the target is added once. */
  private String refer(String reference, Path from, String kind) throws IOException {
    Path file = fileOf(reference, from);
    String pointer = reference.substring(reference.indexOf('#') + 1);
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    String origin = file + "#" + pointer;
    String known = origins.putIfAbsent(kind + "/" + name, origin);
    if (known == null) {
      JsonNode copy = copy(target(reference, from), "one of " + kind, file);
      components.computeIfAbsent(kind, each -> new TreeMap<>()).put(name, copy);
    } else if (!known.equals(origin)) {
      throw new IOException(
          "Two " + kind + " are called " + name + ": " + known + " and " + origin);
    }
    return "#/components/" + kind + "/" + name;
  }

  private static Path fileOf(String reference, Path from) {
    String file = reference.substring(0, reference.indexOf('#'));
    return file.isEmpty() ? from : from.resolveSibling(file).normalize();
  }

  private JsonNode target(String reference, Path from) throws IOException {
    JsonNode target =
        load(fileOf(reference, from))
            .at(JsonPointer.compile(reference.substring(reference.indexOf('#') + 1)));
    if (target.isMissingNode()) {
      throw new IOException(from + " refers to nothing: " + reference);
    }
    return target;
  }

  private JsonNode load(Path file) throws IOException {
    JsonNode known = files.get(file);
    if (known == null) {
      try {
        known = YAML.readTree(file.toFile());
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      files.put(file, known);
    }
    return known;
  }

  private static String text(JsonNode document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    options.setSplitLines(true);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    return new Yaml(options).dump(YAML.convertValue(document, LinkedHashMap.class));
  }
}
