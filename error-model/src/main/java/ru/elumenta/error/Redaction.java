package ru.elumenta.error;

import feign.Request;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes a request's credentials out of what the server sent back. Error pages that echo the request
 * are common, and their text ends in logs.
 */
final class Redaction {
  private static final int SHORTEST_SECRET = 8;

  private Redaction() {}

  static UnaryOperator<String> of(Request request) {
    List<Pattern> secrets =
        request.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
            .flatMap(header -> header.getValue().stream())
            .map(value -> value.substring(value.indexOf(' ') + 1).strip())
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .map(Redaction::inAnySpelling)
            .toList();
    return text -> redact(text, secrets);
  }

  /** JSON may spell any character by its number, and put a backslash before a slash. */
  private static Pattern inAnySpelling(String secret) {
    return Pattern.compile(
        secret
            .chars()
            .mapToObj(
                c ->
                    "(?:%s%s|\\\\u(?i:%04x))"
                        .formatted(c == '/' ? "\\\\?" : "", Pattern.quote("" + (char) c), c))
            .collect(Collectors.joining()));
  }

  private static String redact(String text, List<Pattern> secrets) {
    String clean = text;
    for (Pattern secret : secrets) {
      clean = secret.matcher(clean).replaceAll("[redacted]");
    }
    return clean;
  }
}
