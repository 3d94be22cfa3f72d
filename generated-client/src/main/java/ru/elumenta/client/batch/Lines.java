package ru.elumenta.client.batch;

import java.util.BitSet;
import java.util.function.BiConsumer;

/** Sets of lines as text: {@code 1-8541,8543}. */
final class Lines {
  private Lines() {}

  static String text(BitSet lines) {
    if (lines.isEmpty()) {
      return "-";
    }
    StringBuilder text = new StringBuilder();
    ranges(
        lines,
        (first, last) -> {
          text.append(text.isEmpty() ? "" : ",").append(first);
          if (last > first) {
            text.append('-').append(last);
          }
        });
    return text.toString();
  }

  private static void ranges(BitSet lines, BiConsumer<Integer, Integer> each) {
    for (int first = lines.nextSetBit(0); first >= 0; ) {
      int next = lines.nextClearBit(first);
      each.accept(first, next - 1);
      first = lines.nextSetBit(next);
    }
  }

  static BitSet read(String text) {
    BitSet lines = new BitSet();
    if (text.equals("-")) {
      return lines;
    }
    for (String range : text.split(",")) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      lines.set(first, last + 1);
    }
    return lines;
  }
}
