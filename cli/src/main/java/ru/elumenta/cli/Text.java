package ru.elumenta.cli;

import java.time.Duration;
import java.util.Locale;

/** Text as a terminal shows it. */
final class Text {
  private static final String CUT = "…";

  private Text() {}

  /**
   * One line without anything that moves the cursor: what others wrote must not drive a terminal.
   */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
  }

  /**
   * Printable as it is, in several lines: the answer of a model is not to drive the terminal
   * either.
   */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }

  static int columns(String text) {
    return text.codePoints().map(Text::columns).sum();
  }

  /** Cut so that it takes no more columns than that. */
  static String cut(String text, int room) {
    if (columns(text) <= room) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int taken = 0;
    for (int codePoint : text.codePoints().toArray()) {
      taken += columns(codePoint);
      if (taken > room - 1) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.append(CUT).toString();
  }

  static String time(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 999.5 && unit < 3) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", size, "kMGT".charAt(unit));
  }

  /** East Asian wide characters take two columns, marks that join another none. */
  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean isWide =
        codePoint >= 0x1100 && codePoint <= 0x115F
            || codePoint >= 0x2E80 && codePoint <= 0xA4CF
            || codePoint >= 0xAC00 && codePoint <= 0xD7A3
            || codePoint >= 0xF900 && codePoint <= 0xFAFF
            || codePoint >= 0xFE30 && codePoint <= 0xFE6F
            || codePoint >= 0xFF00 && codePoint <= 0xFF60
            || codePoint >= 0x1F300 && codePoint <= 0x1FAFF
            || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
    return isWide ? 2 : 1;
  }
}
