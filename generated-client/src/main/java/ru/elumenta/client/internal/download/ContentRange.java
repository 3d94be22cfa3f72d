package ru.elumenta.client.internal.download;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Content-Range} (RFC 9110, 14.4), in bytes.
 *
 * @param start the first byte that follows; empty for a range that cannot be satisfied
 * @param total the length of the whole file, if the host knows
 */
record ContentRange(OptionalLong start, OptionalLong total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)");

  static Optional<ContentRange> of(String header) {
    Matcher form = FORM.matcher(header.strip());
    return form.matches()
        ? Optional.of(new ContentRange(number(form.group(1)), number(form.group(3))))
        : Optional.empty();
  }

  private static OptionalLong number(String digits) {
    return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }
}
