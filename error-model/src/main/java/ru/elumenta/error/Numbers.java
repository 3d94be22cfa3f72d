package ru.elumenta.error;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads numbers that a server wrote, in whatever form; what cannot be read is empty. */
final class Numbers {
  /** Longer digits are no number anybody meant, and expensive to parse. */
  private static final int MAX_LENGTH = 40;

  private Numbers() {}

  static Optional<Long> wholeNumber(@Nullable Object value) {
    if (value instanceof String text && isDigits(text)) { // as nearly all are
      return Optional.of(Long.parseLong(text));
    }
    return decimal(value)
        .filter(d -> d.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
        .map(BigDecimal::longValue);
  }

  static Optional<Instant> epochSecond(@Nullable Object value) {
    Optional<Long> whole =
        value instanceof String text && isDigits(text)
            ? wholeNumber(text)
            : decimal(value)
                .flatMap(seconds -> wholeNumber(seconds.setScale(0, RoundingMode.CEILING)));
    return whole
        .filter(seconds -> seconds > 0)
        .flatMap(
            seconds -> {
              try {
                return Optional.of(Instant.ofEpochSecond(seconds));
              } catch (DateTimeException tooFarAway) {
                return Optional.empty();
              }
            });
  }

  /** Returns whether it is digits alone, and few enough of them for a long. */
  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 18;
  }

  /** Numbers and numeric strings, "847", "1.5" and "1e3" alike; NaN and infinity are none. */
  static Optional<BigDecimal> decimal(@Nullable Object value) {
    if (!(value instanceof Number || value instanceof String)) {
      return Optional.empty();
    }
    String text = value.toString().strip();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // 1e999999999 is short to write and for ever to print or to convert.
      return Math.abs((long) number.scale()) > MAX_LENGTH ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
