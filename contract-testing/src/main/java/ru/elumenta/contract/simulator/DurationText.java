package ru.elumenta.contract.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90}, {@code 90s}, {@code -3m}, {@code PT1H30M}. */
public final class DurationText {
  private static final Pattern SHORT = Pattern.compile("([+-]?\\d{1,9})\\s*(ms|s|m|h|d|)");
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private DurationText() {}

  /**
   * Reads one; a bare number is seconds.
   *
   * @throws IllegalArgumentException if it is none, with a sentence that says what is
   */
  public static Duration parse(String text) {
    Matcher brief = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
    try {
      Duration duration =
          brief.matches() ? brief(Long.parseLong(brief.group(1)), brief.group(2)) : iso(text);
      if (duration.abs().compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "'%s' is no duration; it is a number with ms, s, m, h or d, as in 90s, or PT1H30M."
            .formatted(text));
  }

  private static Duration iso(String text) {
    return Duration.parse(text.strip());
  }

  private static Duration brief(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
