package ru.elumenta.client.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import ru.elumenta.client.batch.BatchException.Reason;

/** The characters of an input, which is UTF-8 or not read at all. Used by one thread. */
final class InputFile implements AutoCloseable {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int LONGEST_ROW = 16 << 20;

  private final Path path;
  private final BufferedReader reader;
  private int line = 1;
  private int ahead; // the next character; negative at the end

  private InputFile(Path path, BufferedReader reader) {
    this.path = path;
    this.reader = reader;
  }

  static Row.Source open(Path path, BatchFormat format) {
    try {
      InputFile file =
          new InputFile(
              path,
              new BufferedReader(
                  new InputStreamReader(
                      Files.newInputStream(path),
                      StandardCharsets.UTF_8
                          .newDecoder()
                          .onMalformedInput(CodingErrorAction.REPORT)
                          .onUnmappableCharacter(CodingErrorAction.REPORT)),
                  1 << 16));
      try {
        file.ahead = file.read();
        if (file.ahead == BYTE_ORDER_MARK) {
          file.ahead = file.read();
        }
        return format == BatchFormat.CSV
            ? new CsvRows(file)
            : new LineRows(file, format == BatchFormat.LINES);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BatchException(
          Reason.INPUT_UNREADABLE,
          e instanceof NoSuchFileException
              ? "There is no file %s".formatted(path)
              : "%s cannot be read (%s)".formatted(path, e.getClass().getSimpleName()),
          "Name a file that is there, and that this user may read.",
          e);
    }
  }

  private int read() {
    try {
      return reader.read();
    } catch (CharacterCodingException e) {
      throw unreadable(line, "is not UTF-8", "Save the file as UTF-8.");
    } catch (IOException e) {
      throw unreadable(line, "cannot be read (" + e.getClass().getSimpleName() + ")", "Try again.");
    }
  }

  /** Says what is wrong with the input as a whole. */
  BatchException unreadable(int at, String problem, String advice) {
    return new BatchException(
        Reason.INPUT_UNREADABLE, "Line %d of %s %s".formatted(at, path, problem), advice, null);
  }

  /** Returns the next character without taking it; negative at the end. */
  int peek() {
    return ahead;
  }

  int take() {
    int taken = ahead;
    ahead = read();
    if (taken == '\n') {
      line++;
    }
    return taken;
  }

  /** Takes the end of a line, if there is one. */
  boolean takeEndOfLine() {
    if (ahead == '\r') {
      take();
      if (ahead == '\n') {
        take();
      } else {
        line++; // as an old Mac ended them
      }
      return true;
    }
    if (ahead == '\n') {
      take();
      return true;
    }
    return ahead < 0;
  }

  int line() {
    return line;
  }

  /** A row that does not end is a quote that does not. */
  void checkLength(int length, int start) {
    if (length > LONGEST_ROW) {
      throw unreadable(
          start,
          "begins a row of more than 16 million characters",
          "Look for a quotation mark that is not closed.");
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
