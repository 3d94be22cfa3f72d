package ru.elumenta.micrometer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus is given, read as it reads it. */
final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: # .*)?");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"");

  /** The families, by name: type and help. */
  record Family(String type, String help) {}

  final Map<String, Family> families = new LinkedHashMap<>();

  /** The labels that the samples of a name have. */
  final Map<String, Set<String>> labels = new TreeMap<>();

  final List<String> unreadable = new ArrayList<>();

  Exposition(String text) {
    Map<String, String> helps = new TreeMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helps.put(words[2], words.length > 3 ? words[3].strip() : "");
      } else if (line.startsWith("# TYPE ")) {
        families.put(words[2], new Family(words[3], helps.getOrDefault(words[2], "")));
      } else if (!line.startsWith("#")) {
        sample(line);
      }
    }
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      unreadable.add(line);
      return;
    }
    Set<String> known = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
    Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
    while (label.find()) {
      known.add(label.group(1));
    }
  }
}
