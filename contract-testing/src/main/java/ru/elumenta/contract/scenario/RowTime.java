package ru.elumenta.contract.scenario;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How {@code created_at} and {@code completed_at} are written, other than documented. */
public enum RowTime {
  /** {@code 2026-03-08T12:00:00}, in UTC. */
  WITHOUT_ZONE,
  /** {@code 2026-03-08T15:00:00}, which is three hours ahead of UTC and does not say so. */
  LOCAL_WITHOUT_ZONE,
  /** {@code 2026-03-08T15:00:00+03:00}. */
  WITH_OFFSET,
  /** {@code 2026-03-08 12:00:00}, in UTC. */
  WITH_SPACE,
  /** {@code 2026-03-08T12:00:00.000000Z}. */
  WITH_FRACTION,
  /** The number of seconds since 1970. */
  SECONDS,
  /** The number of milliseconds since 1970. */
  MILLISECONDS,
  /** The number of seconds since 1970 as a text. */
  SECONDS_AS_TEXT,
  /** {@code 2026-03-08}. */
  DATE_ONLY,
  /** {@code a moment ago}. */
  UNREADABLE,
  /** Null. */
  NULL,
  /** No such member. */
  ABSENT;

  private static final ZoneOffset AHEAD = ZoneOffset.ofHours(3);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  /** Returns a text, a number, or nothing for {@link #NULL} and {@link #ABSENT}. */
  public Optional<Object> write(Instant time) {
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    LocalDateTime ahead = LocalDateTime.ofInstant(time, AHEAD);
    return Optional.ofNullable(
        switch (this) {
          case WITHOUT_ZONE -> LOCAL.format(utc);
          case LOCAL_WITHOUT_ZONE -> LOCAL.format(ahead);
          case WITH_OFFSET -> LOCAL.format(ahead) + AHEAD;
          case WITH_SPACE -> LOCAL.format(utc).replace('T', ' ');
          case WITH_FRACTION -> LOCAL.format(utc) + ".000000Z";
          case SECONDS -> time.getEpochSecond();
          case MILLISECONDS -> time.toEpochMilli();
          case SECONDS_AS_TEXT -> Long.toString(time.getEpochSecond());
          case DATE_ONLY -> utc.toLocalDate().toString();
          case UNREADABLE -> "a moment ago";
          case NULL, ABSENT -> null;
        });
  }
}
