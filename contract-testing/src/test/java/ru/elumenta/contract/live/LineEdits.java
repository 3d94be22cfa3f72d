package ru.elumenta.contract.live;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes of the lines of one file, as a unified diff. Lines count from 0. Used by one thread. */
final class LineEdits {
  private static final int CONTEXT = 3;

  private final List<String> lines;
  private final TreeSet<Integer> removed = new TreeSet<>();
  private final TreeMap<Integer, List<List<String>>> added = new TreeMap<>(); // after the line

  LineEdits(List<String> lines) {
    this.lines = lines;
  }

  String line(int number) {
    return lines.get(number);
  }

  void remove(int line) {
    removed.add(line);
  }

  /** Adds lines that belong together; what was added there before is not added again. */
  void addAfter(int line, String... block) {
    List<List<String>> after = added.computeIfAbsent(line, each -> new ArrayList<>());
    if (!after.contains(List.of(block))) {
      after.add(List.of(block));
    }
  }

  void replace(int line, String... block) {
    if (!List.of(block).equals(List.of(lines.get(line))) && removed.add(line)) {
      addAfter(line, block);
    }
  }

  /** Returns the diff, with the names that {@code git apply} and {@code patch -p1} expect. */
  String diff(String path) {
    StringBuilder text = new StringBuilder("--- a/%s\n+++ b/%s\n".formatted(path, path));
    TreeSet<Integer> touched = new TreeSet<>(removed);
    touched.addAll(added.keySet());
    int shift = 0;
    while (!touched.isEmpty()) {
      int first = touched.pollFirst();
      int last = first;
      while (!touched.isEmpty() && touched.first() <= last + 2 * CONTEXT) {
        last = touched.pollFirst();
      }
      shift +=
          hunk(
              Math.max(0, first - CONTEXT),
              Math.min(lines.size() - 1, last + CONTEXT),
              shift,
              text);
    }
    return text.toString();
  }

  private int hunk(int from, int to, int shift, StringBuilder text) {
    StringBuilder body = new StringBuilder();
    int before = 0;
    int after = 0;
    for (int i = from; i <= to; i++) {
      boolean isKept = !removed.contains(i);
      body.append(isKept ? " " : "-").append(lines.get(i)).append('\n');
      before++;
      after += isKept ? 1 : 0;
      for (List<String> block : added.getOrDefault(i, List.of())) {
        for (String each : block) {
          body.append('+').append(each).append('\n');
          after++;
        }
      }
    }
    text.append("@@ -%d,%d +%d,%d @@\n".formatted(from + 1, before, from + 1 + shift, after));
    text.append(body);
    return after - before;
  }
}
