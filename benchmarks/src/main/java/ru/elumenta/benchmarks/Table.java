package ru.elumenta.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, as docs/performance.md has them. */
final class Table {
  private static final PrintStream OUT = System.out;

  private final List<String[]> rows = new ArrayList<>();

  Table(String title, String... columns) {
    OUT.printf("%n%s%n%n", title);
    rows.add(columns);
  }

  void row(Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::cell).toArray(String[]::new));
  }

  private static String cell(Object cell) {
    return cell instanceof Double number ? number(number) : String.valueOf(cell);
  }

  /** With three digits that count. */
  static String number(double value) {
    String format = Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  void print() {
    for (int i = 0; i < rows.size(); i++) {
      OUT.println("| " + String.join(" | ", rows.get(i)) + " |");
      if (i == 0) {
        OUT.println("|" + " --- |".repeat(rows.get(0).length));
      }
    }
    OUT.flush();
  }
}
