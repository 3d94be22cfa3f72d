package ru.elumenta.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns that fit the terminal: its widest column is cut until they do. Numbers stand to
 * the right. Without a terminal nothing is cut.
 */
final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 3;

  private final List<String> heading;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    this.heading = List.of(heading);
  }

  Table row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object each : cells) {
      texts.add(Text.oneLine(String.valueOf(each)));
    }
    rows.add(texts);
    return this;
  }

  void to(PrintStream out, Terminal terminal) {
    int[] widths = widths();
    if (terminal.isOutput()) {
      fit(widths, terminal.width());
    }
    out.print(line(heading, widths));
    for (List<String> each : rows) {
      out.print(line(each, widths));
    }
  }

  private int[] widths() {
    int[] widths = new int[heading.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Text.columns(heading.get(column));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], Text.columns(row.get(column)));
      }
    }
    return widths;
  }

  private static void fit(int[] widths, int room) {
    int needed = GAP.length() * (widths.length - 1);
    for (int each : widths) {
      needed += each;
    }
    while (needed > room) {
      int widest = 0;
      for (int column = 1; column < widths.length; column++) {
        widest = widths[column] > widths[widest] ? column : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
      needed--;
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = Text.cut(cells.get(column), widths[column]);
      String padding = " ".repeat(widths[column] - Text.columns(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(isNumeric(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing() + "\n";
  }

  private boolean isNumeric(int column) {
    boolean isAnyNumber = false;
    for (List<String> row : rows) {
      String cell = row.get(column);
      boolean isNumber = cell.matches("-?[0-9]+");
      if (!isNumber && !cell.isEmpty() && !"-".equals(cell)) {
        return false;
      }
      isAnyNumber |= isNumber;
    }
    return isAnyNumber;
  }
}
