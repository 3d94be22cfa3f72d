package ru.elumenta.error;

import java.time.Duration;
import java.util.Locale;

/** Puts the parts of a message together, each ending in a full stop. */
final class Sentences {
  private Sentences() {}

  static String of(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      String sentence = part.strip();
      if (sentence.isEmpty()) {
        continue;
      }
      text.append(text.isEmpty() ? "" : " ").append(sentence);
      if (".!?…]".indexOf(sentence.charAt(sentence.length() - 1)) < 0) {
        text.append('.');
      }
    }
    return text.toString();
  }

  /** A duration as people say it: "0.25 s", "847 s". */
  static String seconds(Duration duration) {
    return duration.toMillisPart() == 0
        ? duration.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }
}
