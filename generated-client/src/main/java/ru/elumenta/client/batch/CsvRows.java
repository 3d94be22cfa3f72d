package ru.elumenta.client.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of comma-separated values, as RFC 4180 has them: cells may be quoted, and then have line
 * ends, commas and doubled quotes in them. Where the header has no comma, semicolons or tabs part
 * the cells, as some spreadsheets write them.
 */
final class CsvRows implements Row.Source {
  private final InputFile file;
  private final List<String> columns;
  private char separator = ',';

  CsvRows(InputFile file) {
    this.file = file;
    Row header = read();
    if (header == null) {
      throw file.unreadable(1, "is missing: there is no header", "Name the columns in line 1.");
    }
    if (header.cells().size() == 1) {
      separator = separatorIn(header.cells().get(0));
    }
    this.columns =
        separator == ','
            ? header.cells()
            : List.of(header.cells().get(0).split(String.valueOf(separator), -1));
    if (new HashSet<>(columns).size() < columns.size()) {
      throw file.unreadable(
          header.line(), "names a column twice", "Give each column a name of its own.");
    }
  }

  private static char separatorIn(String header) {
    return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public @Nullable Row next() {
    return read();
  }

  private @Nullable Row read() {
    while (file.peek() >= 0) {
      int line = file.line();
      List<String> cells = new ArrayList<>();
      int length = 0;
      do {
        String cell = file.peek() == '"' ? quoted(line) : plain(line);
        length += cell.length();
        file.checkLength(length, line);
        cells.add(cell);
      } while (takeSeparator(line));
      if (cells.size() > 1 || !cells.get(0).isBlank()) {
        return new Row(line, List.copyOf(cells));
      }
    }
    return null;
  }

  private boolean takeSeparator(int line) {
    if (file.peek() == separator) {
      file.take();
      return true;
    }
    if (!file.takeEndOfLine()) {
      throw file.unreadable(
          line,
          "goes on after a closing quotation mark",
          "Double the quotation marks inside of a quoted cell.");
    }
    return false;
  }

  private String plain(int line) {
    StringBuilder cell = new StringBuilder();
    while (file.peek() >= 0
        && file.peek() != separator
        && file.peek() != '\n'
        && file.peek() != '\r') {
      cell.append((char) file.take());
      file.checkLength(cell.length(), line);
    }
    return cell.toString();
  }

  private String quoted(int line) {
    StringBuilder cell = new StringBuilder();
    file.take();
    while (true) {
      if (file.peek() < 0) {
        throw file.unreadable(
            line, "opens a quotation mark that is not closed", "Close it, or double it.");
      }
      char next = (char) file.take();
      if (next != '"') {
        cell.append(next);
        file.checkLength(cell.length(), line);
      } else if (file.peek() == '"') {
        cell.append((char) file.take());
      } else {
        return cell.toString();
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
