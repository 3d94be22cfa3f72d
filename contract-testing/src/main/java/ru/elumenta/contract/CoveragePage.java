package ru.elumenta.contract;

import java.util.List;
import java.util.Map;
import ru.elumenta.contract.ContractCoverage.Operation;
import ru.elumenta.contract.exchange.Side;

/** A coverage as one page of HTML that needs nothing else: no network, no scripts. */
final class CoveragePage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Coverage of the contract</title>
      <link rel="icon" href="data:,">
      <style>
      :root { color-scheme: light dark; --ink: #1c2330; --dim: #5a6475; --paper: #fff; --line: #d8dde6;
        --good: #0b6b3a; --good-bg: #dff5e8; --bad: #a3201d; --bad-bg: #fde7e6; --none-bg: #f1f3f7; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --dim: #a3adbd; --paper: #14181f;
        --line: #333b48; --good: #7ee2a8; --good-bg: #12361f; --bad: #ff9d98; --bad-bg: #47191a; --none-bg: #222833; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
      h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
      .sums { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; }
      .sums li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; }
      .sums b { display: block; font-size: 1.3rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
      th { color: var(--dim); font-weight: 600; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
      .s { display: inline-block; margin: .1rem .25rem .1rem 0; padding: 0 .45rem; border-radius: .3rem; white-space: nowrap; }
      .met { color: var(--good); background: var(--good-bg); } .not { color: var(--dim); background: var(--none-bg); }
      .odd, .bad { color: var(--bad); background: var(--bad-bg); }
      p.dim, .dim { color: var(--dim); }
      </style>
      </head>
      <body>
      <main>
      <h1>Coverage of the contract</h1>
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private CoveragePage() {}

  static String of(ContractCoverage coverage) {
    CoveragePage page = new CoveragePage();
    page.sums(coverage);
    page.operations(coverage.operations());
    page.faults(coverage);
    page.deviations(coverage);
    page.slowest(coverage);
    return page.page.append("</main>\n</body>\n</html>\n").toString();
  }

  private void sums(ContractCoverage coverage) {
    long called = coverage.operations().stream().filter(each -> each.requests() > 0).count();
    page.append("<ul class=\"sums\">\n");
    sum(coverage.met() + " of " + coverage.documented(), "documented answers met");
    sum(called + " of " + coverage.operations().size(), "operations called");
    sum(
        coverage.faults().stream().mapToLong(ContractCoverage.MetFault::survived).sum()
            + " of "
            + coverage.faults().stream().mapToLong(ContractCoverage.MetFault::met).sum(),
        "faults survived");
    sum(
        String.valueOf(
            coverage.deviations().stream().mapToLong(ContractCoverage.Deviation::count).sum()),
        "deviations");
    sum(
        coverage.charges().generations() + " (" + coverage.charges().tokens() + " tokens)",
        "generations charged");
    sum(String.valueOf(coverage.charges().twice()), "charged twice");
    sum(coverage.tests().passed() + " / " + coverage.tests().failed(), "tests passed / failed");
    page.append("</ul>\n");
  }

  private void sum(String value, String name) {
    page.append("<li><b>").append(text(value)).append("</b> ").append(name).append("</li>\n");
  }

  private void operations(List<Operation> operations) {
    table(
        "Operations and their answers", "operations", "operation", "path", "#requests", "answers");
    for (Operation each : operations) {
      StringBuilder answers = new StringBuilder();
      for (Map.Entry<String, Long> answer : each.answers().entrySet()) {
        boolean isMet = answer.getValue() > 0;
        boolean isOdd = each.undocumented().contains(answer.getKey());
        answers.append(
            "<span class=\"s %s\" title=\"%s\">%s%s</span>"
                .formatted(
                    isOdd ? "odd" : isMet ? "met" : "not",
                    isOdd ? "not documented" : isMet ? "met" : "not met",
                    text(answer.getKey()),
                    isOdd ? " ? " + answer.getValue() : isMet ? " ✓ " + answer.getValue() : " –"));
      }
      row(
          "<code>" + text(each.id()) + "</code>",
          "<code>" + text(each.method() + " " + each.path()) + "</code>",
          "#" + each.requests(),
          answers.toString());
    }
    end();
  }

  private void faults(ContractCoverage coverage) {
    table("Faults", "faults", "fault", "operation", "#met", "#survived");
    coverage
        .faults()
        .forEach(
            each ->
                row(
                    text(each.fault()),
                    "<code>" + text(each.operation()) + "</code>",
                    "#" + each.met(),
                    "#"
                        + (each.survived() == each.met()
                            ? each.survived()
                            : "<span class=\"s bad\">" + each.survived() + "</span>")));
    end();
  }

  private void deviations(ContractCoverage coverage) {
    table(
        "Deviations",
        "deviations",
        "#how often",
        "operation",
        "side",
        "place",
        "rule",
        "expected",
        "found first");
    coverage
        .deviations()
        .forEach(
            each ->
                row(
                    "#" + each.count(),
                    "<code>" + text(each.operation()) + "</code>",
                    each.side() == Side.REQUEST ? "request" : "response",
                    "<code>" + text(each.place()) + "</code>",
                    each.rule().name(),
                    text(each.expected()),
                    "<code>" + text(each.found()) + "</code>"));
    end();
  }

  private void slowest(ContractCoverage coverage) {
    table("Slowest tests", "slowest", "test", "#milliseconds", "#requests");
    coverage
        .slowest()
        .forEach(each -> row(text(each.test()), "#" + each.millis(), "#" + each.requests()));
    end();
  }

  /** Begins a table; a column whose name begins with a hash has numbers. */
  private void table(String title, String id, String... columns) {
    page.append("<h2 id=\"%s\">%s</h2>\n".formatted(id + "-title", title))
        .append(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%s-title\">\n"
                .formatted(id))
        .append("<table id=\"%s\">\n<thead><tr>".formatted(id));
    for (String column : columns) {
      boolean isNumber = column.startsWith("#");
      page.append(isNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
          .append(isNumber ? column.substring(1) : column)
          .append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      boolean isNumber = cell.startsWith("#");
      page.append(isNumber ? "<td class=\"n\">" : "<td>")
          .append(isNumber ? cell.substring(1) : cell)
          .append("</td>");
    }
    page.append("</tr>\n");
  }

  private void end() {
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
