package ru.elumenta.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/**
 * How far traffic has drifted from the contract: per operation, how many exchanges there were, and
 * which findings how often. Immutable; shows no secrets, as {@link Finding} does not.
 */
public final class ContractReport {
  private final Map<String, Long> exchanges;
  private final List<Tally> tallies;
  private final long unchecked;

  /** What makes two findings the same, wherever in a list they stood. */
  record Kind(String operation, Side side, String place, Rule rule) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::operation)
            .thenComparing(Kind::side)
            .thenComparing(Kind::place)
            .thenComparing(Kind::rule);

    static Kind of(Finding finding) {
      String place = finding.place().replaceAll("/\\d+(?=/|$)", "/*");
      return new Kind(finding.operation(), finding.side(), place, finding.rule());
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  /** A finding and how often its like was made. */
  record Tally(Finding finding, long count) {
    Tally oneMore() {
      return new Tally(finding, count + 1);
    }
  }

  ContractReport(Map<String, Long> exchanges, Collection<Tally> tallies, long unchecked) {
    this.exchanges = new TreeMap<>(exchanges);
    this.tallies = List.copyOf(tallies);
    this.unchecked = unchecked;
  }

  /** Returns how many findings there were. */
  public long findings() {
    return tallies.stream().mapToLong(Tally::count).sum();
  }

  /** Returns how many findings a tolerant reader would notice. */
  public long breaking() {
    return tallies.stream()
        .filter(each -> !each.finding().isTolerable())
        .mapToLong(Tally::count)
        .sum();
  }

  /** Returns one finding of each kind, the one that was made first: a line of the report each. */
  public List<Finding> ofEachKind() {
    return tallies.stream().map(Tally::finding).toList();
  }

  /** Returns the report as Markdown: a table of the operations, then one of the findings. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("# Drift report\n\n");
    long all = exchanges.values().stream().mapToLong(Long::longValue).sum();
    text.append(
        "%d exchanges checked, %d findings, %d of which a tolerant reader would notice.%n"
            .formatted(all, findings(), breaking()));
    if (unchecked > 0) {
      text.append("%d exchanges were not checked.%n".formatted(unchecked));
    }
    text.append("\n| operation | exchanges | findings |\n| --- | ---: | ---: |\n");
    exchanges.forEach(
        (operation, count) ->
            text.append("| %s | %d | %d |%n".formatted(operation, count, findingsOf(operation))));
    if (!tallies.isEmpty()) {
      text.append(
          """

          | how often | operation | side | place | rule | expected | found first | tolerable |
          | ---: | --- | --- | --- | --- | --- | --- | --- |
          """);
      tallies.forEach(each -> text.append(row(each)));
    }
    return text.toString().replace("\r\n", "\n");
  }

  /**
   * Writes the report as Markdown, and the folder if it is not there.
   *
   * @throws IOException if it cannot be written
   */
  public void writeTo(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, toMarkdown());
  }

  private long findingsOf(String operation) {
    return tallies.stream()
        .filter(each -> each.finding().operation().equals(operation))
        .mapToLong(Tally::count)
        .sum();
  }

  private static String row(Tally tally) {
    Finding finding = tally.finding();
    return "| %d | %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            tally.count(),
            finding.operation(),
            finding.side() == Side.REQUEST ? "request" : "response",
            cell(Kind.of(finding).place()),
            finding.rule(),
            cell(finding.expected()),
            cell(finding.found()),
            finding.isTolerable() ? "yes" : "no");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }

  /** The same as {@link #toMarkdown()}. */
  @Override
  public String toString() {
    return toMarkdown();
  }
}
