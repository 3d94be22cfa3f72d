package ru.elumenta.contract.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.live.ContractSource.Spot;

/**
 * Changes of the contract's files, in the form that the contract's own rules ask for. A method says
 * in words what it did, nothing if it could do nothing. Used by one thread.
 */
final class ContractEdits {
  private static final String SEEN = "Seen in answers of the service; not documented.";
  private static final Path ROOT = Path.of("openapi.yaml");
  private static final Path RELEASED = Path.of("..", "..", "..", "..", "baseline", "elumenta.yaml");
  private static final Pattern VERSION = Pattern.compile("  version: (\\d+)\\..*");

  /** Members whose classes must not print them. */
  private static final Set<String> SECRETS =
      Set.of("access_token", "hash", "id_token", "key", "password", "refresh_token", "token");

  private final ContractSource source;
  private final DocumentedSamples samples;
  private final Map<Path, LineEdits> edits = new TreeMap<>();
  private boolean isBreaking;

  ContractEdits(ContractSource source) {
    this.source = source;
    this.samples = new DocumentedSamples(source);
  }

  String member(Spot object, String name, Finding finding) {
    Optional<Spot> properties = source.member(object, "properties");
    Optional<String> type = typeOf(finding.found());
    if (properties.isEmpty() || type.isEmpty()) {
      return "";
    }
    String indent = " ".repeat(properties.get().node().getStartMark().getColumn());
    List<String> block = new ArrayList<>();
    block.add(indent + name + ":");
    block.add(indent + "  type: " + type.get());
    more(type.get()).ifPresent(each -> block.add(indent + "  " + each));
    if (type.get().equals("string") && SECRETS.contains(name)) {
      block.add(indent + "  format: password");
    }
    block.add(indent + "  description: " + SEEN);
    of(object).addAfter(lastLine(properties.get()), block.toArray(String[]::new));
    return "the member " + name + " is added";
  }

  String optional(Spot object, String name) {
    Optional<Spot> required = source.member(object, "required");
    if (required.isEmpty() || !(required.get().node() instanceof SequenceNode list)) {
      return "";
    }
    for (Node each : list.getValue()) {
      Spot item = new Spot(object.file(), each);
      if (source.text(item).equals(name) && isALineOfItsOwn(item)) {
        if (list.getValue().size() == 1) { // an empty list is none
          of(object).remove(source.name(object, "required").orElseThrow().line());
        }
        of(object).remove(item.line());
        isBreaking = true;
        return name + " is no longer required";
      }
    }
    return "";
  }

  String constant(Spot value, Finding finding) {
    Optional<Spot> values = source.member(value, "enum");
    if (values.isEmpty() || !(values.get().node() instanceof SequenceNode list)) {
      return "";
    }
    Spot last = new Spot(value.file(), list.getValue().get(list.getValue().size() - 1));
    String text = finding.found().replaceAll("^\"|\"$", "");
    if (!isALineOfItsOwn(last) || !text.matches("[\\w.-]+")) {
      return "";
    }
    String line = of(value).line(last.line());
    of(value).addAfter(last.line(), line.substring(0, line.indexOf('-') + 2) + text);
    return text + " is one of the values; our code must say what it means";
  }

  String type(Spot value, Finding finding) {
    Optional<Spot> type = source.member(value, "type");
    Optional<String> found = typeOf(finding.found());
    if (type.isEmpty()) {
      return "";
    }
    LineEdits file = of(value);
    int line = type.get().line();
    String indent = " ".repeat(value.node().getStartMark().getColumn());
    if (finding.found().equals("null")) {
      if (source.member(value, "nullable").isEmpty()) {
        file.addAfter(line, indent + "nullable: true");
        isBreaking = true;
      }
      return "null is allowed";
    }
    if (found.isEmpty() || !(value.node() instanceof MappingNode)) {
      return "";
    }
    List<String> block = new ArrayList<>(List.of(indent + "type: " + found.get()));
    more(found.get()).ifPresent(each -> block.add(indent + each));
    file.replace(line, block.toArray(String[]::new));
    source.name(value, "format").ifPresent(each -> file.remove(each.line()));
    isBreaking = true;
    int left = 0;
    for (Spot sample : samples.of(value)) {
      Optional<String> text = DocumentedSamples.written(source.text(sample), found.get());
      if (text.isPresent()) {
        LineEdits samplesFile = of(sample);
        String before =
            samplesFile.line(sample.line()).substring(0, sample.node().getStartMark().getColumn());
        samplesFile.replace(sample.line(), before + text.get());
      } else {
        left++;
      }
    }
    return "the type is %s, in the samples too%s"
        .formatted(found.get(), left == 0 ? "" : ", but for %d by hand".formatted(left));
  }

  /** Adds a status, with the response that other operations have for it. */
  String status(Spot responses, String status) {
    String indent = " ".repeat(responses.node().getStartMark().getColumn());
    List<String> block = new ArrayList<>();
    block.add(indent + "'" + status + "':");
    Optional<String> shared = source.sharedResponse(status);
    if (shared.isPresent()) {
      block.add(indent + "  $ref: '" + shared.get() + "'");
    } else if (status.startsWith("2")) {
      block.addAll(firstOf(responses));
    } else {
      block.add(indent + "  description: " + SEEN);
      if (status.matches("[45]..")) {
        block.add(indent + "  content:");
        block.add(indent + "    application/json:");
        block.add(indent + "      schema:");
        block.add(indent + "        $ref: '../errors/envelope.yaml#/ErrorResponse'");
      }
    }
    of(responses).addAfter(lastLine(responses), block.toArray(String[]::new));
    return "the status " + status + " is added";
  }

  /** A further success has headers and body of the first. */
  private List<String> firstOf(Spot responses) {
    Spot first =
        new Spot(
            responses.file(), ((MappingNode) responses.node()).getValue().get(0).getValueNode());
    List<String> lines = source.lines(responses.file());
    return lines.subList(first.line(), lastLine(first) + 1).stream()
        .map(each -> each.replaceFirst("(^ *description: ).*", "$1" + SEEN))
        .toList();
  }

  /** What the rules of the contract want beside a type. */
  private static Optional<String> more(String type) {
    return switch (type) {
      case "integer" -> Optional.of("format: int64");
      case "number" -> Optional.of("format: double");
      case "object" -> Optional.of("additionalProperties: true");
      case "array" -> Optional.of("items: {}");
      default -> Optional.empty();
    };
  }

  /** What a finding shows of a value tells its type; a null tells none. */
  private static Optional<String> typeOf(String found) {
    if (found.startsWith("\"") || found.equals("[hidden]")) {
      return Optional.of("string");
    }
    if (found.matches("-?\\d+")) {
      return Optional.of("integer");
    }
    if (found.matches("-?[\\d.]+([eE][+-]?\\d+)?")) {
      return Optional.of("number");
    }
    return switch (found.split(" with | of ")[0]) {
      case "true", "false" -> Optional.of("boolean");
      case "an object" -> Optional.of("object");
      case "a list" -> Optional.of("array");
      default -> Optional.empty();
    };
  }

  /** The last line that has anything in it: the end of a node is where the next begins. */
  private int lastLine(Spot spot) {
    List<String> lines = source.lines(spot.file());
    int line = spot.node().getEndMark().getLine() - 1;
    while (lines.get(line).isBlank() || lines.get(line).strip().startsWith("#")) {
      line--;
    }
    return line;
  }

  private boolean isALineOfItsOwn(Spot item) {
    return of(item).line(item.line()).strip().startsWith("- ");
  }

  private LineEdits of(Spot spot) {
    return of(spot.file());
  }

  private LineEdits of(Path file) {
    return edits.computeIfAbsent(file, each -> new LineEdits(source.lines(each)));
  }

  /**
   * Raises the version if callers of what was released would break, unless it is raised already.
   *
   * @return a sentence that says so
   */
  Optional<String> version() {
    if (!isBreaking) {
      return Optional.empty();
    }
    List<String> lines = source.lines(ROOT);
    for (int i = 0; i < lines.size(); i++) {
      Matcher version = VERSION.matcher(lines.get(i));
      if (version.matches()) {
        if (isReleased(version.group(1))) {
          int next = Integer.parseInt(version.group(1)) + 1;
          of(ROOT).replace(i, "  version: %d.0.0".formatted(next));
          return Optional.of(
              "Callers of the released contract would break, so `info.version` becomes %d.0.0."
                  .formatted(next));
        }
        break;
      }
    }
    return Optional.empty();
  }

  private boolean isReleased(String major) {
    Path released = source.folder().resolve(RELEASED);
    return !Files.exists(released)
        || source.lines(RELEASED).stream()
            .map(VERSION::matcher)
            .filter(Matcher::matches)
            .anyMatch(each -> each.group(1).equals(major));
  }

  /** Returns all changes as a diff, the paths below a folder. */
  String diff(String prefix) {
    version();
    StringBuilder text = new StringBuilder();
    edits.forEach(
        (file, lines) -> {
          String diff = lines.diff(prefix + "/" + file);
          if (diff.contains("@@")) {
            text.append(diff);
          }
        });
    return text.toString();
  }
}
