package ru.elumenta.error;

import feign.Request;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes a request's credentials out of what the server sent back. Error pages that echo the request
 * are common, and their text ends in logs.
 */
final class Redaction {
  private static final int SHORTEST_SECRET = 8;

  private Redaction() {}

  static UnaryOperator<String> of(Request request) {
    List<String> secrets =
        request.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
            .flatMap(header -> header.getValue().stream())
            .map(value -> value.substring(value.indexOf(' ') + 1).strip())
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .toList();
    return text -> redact(text, secrets);
  }

  private static String redact(String text, Collection<String> secrets) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[redacted]");
    }
    return clean;
  }
}
