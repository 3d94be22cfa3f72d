package ru.elumenta.client.internal.download;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a host says of a file as it is now, so that a part of it is not put beside a part of
 * another.
 *
 * @param validator the strong ETag or else the date of change, for {@code If-Range}; null if the
 *     host names neither, or takes no part of a file
 * @param total its length, -1 if not known
 */
record FileVersion(String validator, long total) {
  static FileVersion of(Map<String, List<String>> headers) {
    boolean isWholeOnly =
        first(headers, "accept-ranges").filter(value -> value.equalsIgnoreCase("none")).isPresent();
    return new FileVersion(
        isWholeOnly ? null : validator(headers), number(headers, "content-length"));
  }

  private static String validator(Map<String, List<String>> headers) {
    Optional<String> tag = first(headers, "etag").filter(value -> value.startsWith("\""));
    return tag.or(() -> first(headers, "last-modified").filter(date -> isStrong(date, headers)))
        .orElse(null);
  }

  /** A date is good for comparing only if it is older than the answer (RFC 9110, 8.8.2.2). */
  private static boolean isStrong(String modified, Map<String, List<String>> headers) {
    Optional<Instant> changed = date(modified);
    Optional<Instant> answered = first(headers, "date").flatMap(FileVersion::date);
    return changed.isPresent()
        && (answered.isEmpty() || changed.get().plusSeconds(1).compareTo(answered.get()) <= 0);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a part with these headers may be of another version. */
  boolean differsFrom(Map<String, List<String>> headers) {
    String other = validator(headers);
    return other != null && !other.equals(validator);
  }

  OptionalLong length() {
    return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  static Optional<String> first(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .map(String::strip)
        .findFirst();
  }

  private static long number(Map<String, List<String>> headers, String name) {
    return first(headers, name)
        .filter(value -> value.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(-1L);
  }
}
