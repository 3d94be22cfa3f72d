package ru.elumenta.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 1h30m}. */
final class TimeArgument implements ITypeConverter<Duration> {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern UNITS = Pattern.compile("([0-9]{1,9}[hHmMsS])+");

  @Override
  public Duration convert(String text) {
    try {
      Duration time =
          SECONDS.matcher(text).matches()
              ? Duration.ofSeconds(Long.parseLong(text))
              : UNITS.matcher(text).matches()
                  ? Duration.parse("PT" + text.toUpperCase(Locale.ROOT))
                  : Duration.ZERO;
      if (!time.isZero()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // told below
    }
    throw new TypeConversionException("'%s' is no time: write 90s, 5m or 1h30m".formatted(text));
  }
}
