package ru.elumenta.client.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row a line; blank ones are none. */
final class LineRows implements Row.Source {
  private final InputFile file;
  private final boolean hasColumn;

  LineRows(InputFile file, boolean hasColumn) {
    this.file = file;
    this.hasColumn = hasColumn;
  }

  @Override
  public List<String> columns() {
    return hasColumn ? List.of("line") : List.of();
  }

  @Override
  public @Nullable Row next() {
    while (file.peek() >= 0) {
      int line = file.line();
      StringBuilder text = new StringBuilder();
      while (file.peek() >= 0 && file.peek() != '\n' && file.peek() != '\r') {
        text.append((char) file.take());
        file.checkLength(text.length(), line);
      }
      file.takeEndOfLine();
      String whole = text.toString();
      if (!whole.isBlank()) {
        return new Row(line, List.of(whole));
      }
    }
    return null;
  }

  @Override
  public void close() {
    file.close();
  }
}
