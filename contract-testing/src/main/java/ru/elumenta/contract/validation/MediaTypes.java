package ru.elumenta.contract.validation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.Rule;

/** The Content-Type of a message. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";
  static final String MULTIPART = "multipart/form-data";

  private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\";\\s]+)");
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))");

  private MediaTypes() {}

  /**
   * Returns which of the allowed types a message that has a body is of; empty, and a finding, if it
   * is of none. One that does not say is a finding too, and taken for what it should be.
   */
  static Optional<String> of(
      Map<String, List<String>> headers, Set<String> allowed, FindingList findings) {
    List<String> values = headers.getOrDefault("Content-Type", List.of());
    String expected = String.join(" or ", allowed);
    if (values.size() != 1) {
      findings.add(
          "header Content-Type",
          Rule.CONTENT_TYPE,
          expected,
          values.isEmpty() ? "none" : values.size() + " headers");
      return allowed.stream()
          .filter(type -> values.isEmpty() && !type.equals(MULTIPART))
          .findFirst();
    }
    String type = values.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!allowed.contains(type)) {
      findings.add(
          "header Content-Type",
          Rule.CONTENT_TYPE,
          expected,
          findings.shown().text("Content-Type", values.get(0)));
      return Optional.empty();
    }
    Matcher charset = CHARSET.matcher(values.get(0));
    if (charset.find() && !charset.group(1).equalsIgnoreCase("utf-8")) {
      findings.add(
          "header Content-Type",
          Rule.ENCODING,
          "charset UTF-8",
          findings.shown().text("charset", charset.group(1)));
    }
    return Optional.of(type);
  }

  /** Returns what separates the parts of a multipart body. */
  static Optional<String> boundary(Map<String, List<String>> headers) {
    Matcher matcher = BOUNDARY.matcher(headers.get("Content-Type").get(0));
    return matcher.find()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }
}
