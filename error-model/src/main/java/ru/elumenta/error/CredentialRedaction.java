package ru.elumenta.error;

import feign.Request;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes a request's credentials out of what the server sent back. Error pages that echo the request
 * are common, and their text ends in logs.
 */
public final class CredentialRedaction implements UnaryOperator<String> {
  private static final int SHORTEST_SECRET = 8;
  private static final String REDACTED = "[redacted]";

  private final List<String> secrets;

  private CredentialRedaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Creates a redaction of what stands in the Authorization header of a request. */
  public static CredentialRedaction of(Request request) {
    return new CredentialRedaction(
        request.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
            .flatMap(header -> header.getValue().stream())
            .map(value -> value.substring(value.indexOf(' ') + 1).strip())
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .toList());
  }

  /** Returns the text without the credentials; null stays null. */
  @Override
  public String apply(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean == null ? null : without(secret, clean);
    }
    return clean;
  }

  private static String without(String secret, String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = endOf(secret, text, i);
      if (end > 0) {
        clean.append(REDACTED);
        i = end;
      } else {
        clean.append(text.charAt(i++));
      }
    }
    return clean.toString();
  }

  /** Where the secret that begins here ends, or -1 if none does. */
  private static int endOf(String secret, String text, int start) {
    int at = start;
    for (int i = 0; i < secret.length(); i++) {
      int next = afterOne(secret.charAt(i), text, at);
      if (next < 0) {
        return -1;
      }
      at = next;
    }
    return at;
  }

  /** JSON may spell any character by its number, and put a backslash before a slash. */
  private static int afterOne(char wanted, String text, int at) {
    if (at >= text.length()) {
      return -1;
    }
    if (text.charAt(at) == wanted) {
      return at + 1;
    }
    if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
      return -1;
    }
    if (wanted == '/' && text.charAt(at + 1) == '/') {
      return at + 2;
    }
    String number = "u%04x".formatted((int) wanted);
    return text.regionMatches(true, at + 1, number, 0, number.length())
        ? at + 1 + number.length()
        : -1;
  }
}
