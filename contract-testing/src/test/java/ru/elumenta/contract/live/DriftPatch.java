package ru.elumenta.contract.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.Exchange;
import ru.elumenta.contract.Finding;
import ru.elumenta.contract.Side;
import ru.elumenta.contract.Strictness;
import ru.elumenta.contract.live.ContractSource.Spot;

/**
 * Says which line of the contract a finding concerns, and how the contract would have to read if
 * the service is right. Answers only: what a client sends is the client's fault. Used by one
 * thread.
 */
final class DriftPatch {
  private static final String SEEN = "Seen in answers of the service; not documented.";

  private final ContractSource source;
  private final String prefix;
  private final Map<Path, LineEdits> edits = new TreeMap<>();
  private final Set<String> places = new LinkedHashSet<>();

  /**
   * Begins one.
   *
   * @param prefix the path of the contract's folder in the repository, for the diff
   */
  DriftPatch(ContractSource source, String prefix) {
    this.source = source;
    this.prefix = prefix;
  }

  /** Takes in what a validator finds in recorded traffic, each answer as strictly as can be. */
  void addRecorded(List<Exchange> exchanges) {
    ContractValidator strict = ContractValidator.standard().withResponses(Strictness.STRICT);
    exchanges.forEach(each -> add(strict.check(each)));
  }

  /** Takes findings in; of two that say the same the second changes nothing. */
  void add(List<Finding> findings) {
    findings.stream().filter(each -> each.side() == Side.RESPONSE).forEach(this::add);
  }

  private void add(Finding finding) {
    Optional<Spot> operation = source.operation(finding.operation());
    if (operation.isEmpty()) {
      say(finding, "no operation of the contract", "by hand");
      return;
    }
    if (finding.place().equals("status")) {
      status(finding, operation.get());
      return;
    }
    String pointer = finding.place().startsWith("/") ? finding.place() : "";
    String parent = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    Optional<Spot> root = source.answer(operation.get());
    Optional<Spot> object = root.flatMap(each -> source.schema(each, parent));
    Optional<Spot> value = root.flatMap(each -> source.schema(each, pointer));
    String done =
        switch (finding.rule()) {
          case UNKNOWN_MEMBER -> object.map(each -> member(each, name, finding)).orElse("");
          case REQUIRED -> object.map(each -> optional(each, name)).orElse("");
          case ENUM -> value.map(each -> constant(each, finding)).orElse("");
          case TYPE -> value.map(each -> type(each, finding)).orElse("");
          default -> "";
        };
    Spot concerned = value.or(() -> object).or(() -> root).orElse(operation.get());
    say(finding, line(concerned), done.isEmpty() ? "by hand" : done);
  }

  private String member(Spot object, String name, Finding finding) {
    Optional<Spot> properties = source.member(object, "properties");
    Optional<String> type = typeOf(finding.found());
    if (properties.isEmpty() || type.isEmpty()) {
      return "";
    }
    int last = lastLine(properties.get());
    String indent = " ".repeat(properties.get().node().getStartMark().getColumn());
    LineEdits file = of(object);
    List<String> block = new ArrayList<>();
    block.add(indent + name + ":");
    block.add(indent + "  type: " + type.get());
    more(type.get()).ifPresent(each -> block.add(indent + "  " + each));
    block.add(indent + "  description: " + SEEN);
    file.addAfter(last, block.toArray(String[]::new));
    return "the member " + name + " is added";
  }

  private String optional(Spot object, String name) {
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
        return name + " is no longer required";
      }
    }
    return "";
  }

  private String constant(Spot value, Finding finding) {
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

  private String type(Spot value, Finding finding) {
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
    return "the type is " + found.get();
  }

  private void status(Finding finding, Spot operation) {
    Spot responses = source.member(operation, "responses").orElseThrow();
    int last = lastLine(responses);
    String indent = " ".repeat(responses.node().getStartMark().getColumn());
    String status = finding.found();
    LineEdits file = of(operation);
    List<String> block = new ArrayList<>();
    block.add(indent + "'" + status + "':");
    block.add(indent + "  description: " + SEEN);
    if (status.matches("[45]..")) {
      block.add(indent + "  content:");
      block.add(indent + "    application/json:");
      block.add(indent + "      schema:");
      block.add(indent + "        $ref: '../errors/envelope.yaml#/ErrorResponse'");
    }
    file.addAfter(last, block.toArray(String[]::new));
    say(finding, line(responses), "the status " + status + " is added");
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
    return edits.computeIfAbsent(spot.file(), each -> new LineEdits(source.lines(each)));
  }

  private String line(Spot spot) {
    return "%s/%s:%d".formatted(prefix, spot.file(), spot.line() + 1);
  }

  private void say(Finding finding, String line, String proposal) {
    places.add(
        "| %s %s %s | %s | %s |"
            .formatted(
                finding.operation(),
                finding.place().replaceAll("/\\d+(?=/|$)", "/*"),
                finding.rule(),
                line,
                proposal));
  }

  /** Returns a table in Markdown: finding, line, what the patch does about it. */
  String table() {
    return "| finding | line of the contract | in the patch |\n| --- | --- | --- |\n"
        + String.join("\n", places)
        + "\n";
  }

  /** Returns the patch; empty if nothing can be proposed. */
  String diff() {
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
