package ru.elumenta.error;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Dates in HTTP headers, in the three forms that RFC 9110 (5.6.7) tells recipients to accept. */
public final class HttpDate {
  private static final LocalDate FIRST_OF_TWO_DIGIT_YEARS = LocalDate.of(1970, 1, 1);

  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_OF_TWO_DIGIT_YEARS)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH);

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  /** The same for all answers of one second; reading it takes longer than much of a call. */
  private static volatile Latest latest = new Latest("", Optional.empty());

  private record Latest(String text, Optional<Instant> date) {}

  private HttpDate() {}

  /** Reads a date; empty if it is none. */
  public static Optional<Instant> read(String text) {
    Latest known = latest;
    if (!known.text.equals(text)) {
      known = new Latest(text, parsed(text));
      latest = known;
    }
    return known.date;
  }

  private static Optional<Instant> parsed(String text) {
    String date = text.strip();
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notOfToday) {
      return local(date, RFC_850).or(() -> local(date, ASCTIME));
    }
  }

  private static Optional<Instant> local(String date, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException another) {
      return Optional.empty();
    }
  }
}
