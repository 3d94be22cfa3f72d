package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Timestamps are documented as UTC with a {@code Z}. One without a zone is taken as UTC too, with a
 * blank in place of the {@code T} as databases write it, and a number as seconds or milliseconds
 * since 1970. What is no time gives null.
 */
final class TolerantInstant extends StdScalarDeserializer<Instant> {
  /** As seconds this is the year 5138, as milliseconds it is 1973. */
  private static final BigDecimal LEAST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

  private static final int LENGTH_TO_THE_SECOND = "2026-03-01T12:00:00Z".length();

  TolerantInstant() {
    super(Instant.class);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.DateTime;
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    try {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return time(parser.getText().strip());
      }
      BigDecimal number = Numbers.exact(parser);
      return number == null ? null : sinceEpoch(number);
    } catch (DateTimeException | ArithmeticException unreadable) {
      return null;
    }
  }

  private static Instant time(String text) {
    if (text.length() == LENGTH_TO_THE_SECOND && text.endsWith("Z") && text.charAt(10) == 'T') {
      Instant usual = usual(text);
      if (usual != null) {
        return usual;
      }
    }
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof LocalDateTime noZone
        ? noZone.toInstant(ZoneOffset.UTC)
        : Instant.from(time);
  }

  /** The form of the documentation; a formatter allocates a kilobyte for each. */
  private static Instant usual(String text) {
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    boolean isUsual =
        (year | month | day | hour | minute | second) >= 0
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    return isUsual
        ? LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC)
        : null;
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }

  private static Instant sinceEpoch(BigDecimal number) {
    BigDecimal seconds =
        number.abs().compareTo(LEAST_MILLISECONDS) < 0 ? number : number.movePointLeft(3);
    BigDecimal whole = seconds.setScale(0, java.math.RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }
}
