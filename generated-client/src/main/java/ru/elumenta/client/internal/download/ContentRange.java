package ru.elumenta.client.internal.download;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file an answer holds.
 *
 * @param first the place of its first byte
 * @param last the place of its last byte
 * @param total the length of the whole file, -1 if not known
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

  /** Reads the header; empty if there is none that makes sense. */
  static Optional<ContentRange> of(Map<String, List<String>> headers) {
    return FileVersion.first(headers, "content-range")
        .map(FORM::matcher)
        .filter(Matcher::matches)
        .map(
            match ->
                new ContentRange(
                    Long.parseLong(match.group(1)),
                    Long.parseLong(match.group(2)),
                    match.group(3).equals("*") ? -1 : Long.parseLong(match.group(3))))
        .filter(
            range -> range.last >= range.first && (range.total < 0 || range.last < range.total));
  }
}
