package ru.elumenta.contract.validation;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.Rule;

/**
 * The headers that tell how many requests are left and when to come back. The library checks no
 * header of a response.
 */
final class HeaderRules {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
  private static final long EARLIEST = 1_000_000_000L; // 2001
  private static final long LATEST = 100_000_000_000L; // milliseconds are more
  private static final String RESET = "X-RateLimit-Reset-Hour";

  private HeaderRules() {}

  static void check(Map<String, List<String>> headers, FindingList findings) {
    for (String window : List.of("Hour", "Day")) {
      String remaining = "X-RateLimit-Remaining-" + window;
      OptionalLong limit = number(headers, "X-RateLimit-Limit-" + window, findings);
      OptionalLong left = number(headers, remaining, findings);
      if (limit.isPresent() && left.isPresent() && left.getAsLong() > limit.getAsLong()) {
        findings.add(
            "header " + remaining,
            Rule.RATE_LIMIT,
            "at most the limit, " + limit.getAsLong(),
            String.valueOf(left.getAsLong()));
      }
    }
    OptionalLong reset = number(headers, RESET, findings);
    if (reset.isPresent() && (reset.getAsLong() < EARLIEST || reset.getAsLong() > LATEST)) {
      findings.add(
          "header " + RESET,
          Rule.RATE_LIMIT,
          "a time in Unix seconds",
          String.valueOf(reset.getAsLong()));
    }
    retryAfter(headers.getOrDefault("Retry-After", List.of()), findings);
  }

  private static OptionalLong number(
      Map<String, List<String>> headers, String name, FindingList findings) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return OptionalLong.empty();
    }
    if (values.size() == 1 && WHOLE_NUMBER.matcher(values.get(0).strip()).matches()) {
      return OptionalLong.of(Long.parseLong(values.get(0).strip()));
    }
    findings.add(
        "header " + name,
        Rule.RATE_LIMIT,
        "one whole number",
        findings.shown().text(name, String.join(", ", values)));
    return OptionalLong.empty();
  }

  private static void retryAfter(List<String> values, FindingList findings) {
    if (values.isEmpty()) {
      return;
    }
    String value = values.get(0).strip();
    if (values.size() > 1 || !WHOLE_NUMBER.matcher(value).matches() && !isDate(value)) {
      findings.add(
          "header Retry-After",
          Rule.RETRY_AFTER,
          "whole seconds or an HTTP date",
          findings.shown().text("Retry-After", String.join(", ", values)));
    }
  }

  private static boolean isDate(String value) {
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(value);
      return value.endsWith(" GMT");
    } catch (DateTimeException e) {
      return false;
    }
  }
}
