package ru.elumenta.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One line on standard error that is drawn again and again, at a terminal only. Elsewhere it shows
 * nothing, so that logs are not full of it. Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
  private static final int BAR = 20;
  private static final int ROOM_FOR_BAR = 50;

  private final PrintStream err;
  private final int width;
  private final boolean isShown;
  private int drawn; // guarded by this: columns on the line
  private @Nullable String last; // guarded by this

  ProgressLine(Surroundings around) {
    err = around.err();
    width = around.terminal().width();
    isShown = around.terminal().isError() && Terminal.canRedraw(around.environment());
  }

  /** Shows how far something is. */
  void show(String what, OptionalLong percent, String details) {
    StringBuilder line = new StringBuilder(what);
    if (percent.isPresent()) {
      long share = Math.max(0, Math.min(100, percent.getAsLong()));
      if (width >= ROOM_FOR_BAR) {
        int full = (int) (share * BAR / 100);
        line.append(" [").append("#".repeat(full)).append(".".repeat(BAR - full)).append(']');
      }
      line.append(' ').append(share).append('%');
    }
    draw(line.append(' ').append(details).toString().strip());
  }

  /** Shows a transfer. */
  void transfer(String what, long bytes, OptionalLong total, Duration time) {
    OptionalLong percent =
        total.isPresent() && total.getAsLong() > 0
            ? OptionalLong.of(bytes * 100 / total.getAsLong())
            : OptionalLong.empty();
    String of = total.isPresent() ? " of " + Text.bytes(total.getAsLong()) : "";
    show(what, percent, Text.bytes(bytes) + of + ", " + Text.time(time));
  }

  private synchronized void draw(String line) {
    if (!isShown || line.equals(last)) {
      return;
    }
    last = line;
    String shown = Text.cut(Text.oneLine(line), width - 1);
    int columns = Text.columns(shown);
    err.print("\r" + shown + " ".repeat(Math.max(0, drawn - columns)));
    err.flush();
    drawn = columns;
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    if (drawn > 0) {
      err.print("\r" + " ".repeat(drawn) + "\r");
      err.flush();
      drawn = 0;
      last = null;
    }
  }
}
