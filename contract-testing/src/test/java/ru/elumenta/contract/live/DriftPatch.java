package ru.elumenta.contract.live;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.Strictness;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Side;
import ru.elumenta.contract.live.ContractSource.Spot;

/**
 * Says which line of the contract a finding concerns, and how the contract would have to read if
 * the service is right. Answers only: what a client sends is the client's fault. Used by one
 * thread.
 */
final class DriftPatch {
  private final ContractSource source;
  private final ContractEdits edits;
  private final String prefix;
  private final Set<String> places = new LinkedHashSet<>();

  /**
   * Begins one.
   *
   * @param prefix the path of the contract's folder in the repository, for the diff
   */
  DriftPatch(ContractSource source, String prefix) {
    this.source = source;
    this.edits = new ContractEdits(source);
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
      Spot responses = source.member(operation.get(), "responses").orElseThrow();
      say(finding, line(responses), edits.status(responses, finding.found()));
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
          case UNKNOWN_MEMBER -> object.map(each -> edits.member(each, name, finding)).orElse("");
          case REQUIRED -> object.map(each -> edits.optional(each, name)).orElse("");
          case ENUM -> value.map(each -> edits.constant(each, finding)).orElse("");
          case TYPE -> value.map(each -> edits.type(each, finding)).orElse("");
          default -> "";
        };
    Spot concerned = value.or(() -> object).or(() -> root).orElse(operation.get());
    say(finding, line(concerned), done.isEmpty() ? "by hand" : done);
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
        + "\n"
        + edits.version().map(each -> "\n" + each + "\n").orElse("");
  }

  /** Returns the patch; empty if nothing can be proposed. */
  String diff() {
    return edits.diff(prefix);
  }
}
