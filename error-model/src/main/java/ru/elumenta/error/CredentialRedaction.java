package ru.elumenta.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Request;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes a request's credentials out of what the server sent back. Error pages that echo the request
 * are common, and their text ends in logs.
 *
 * <p>Credentials are what the headers Authorization and Cookie hold and, in a request to {@code
 * /auth/…}, the passwords, tokens and signatures of its body.
 */
public final class CredentialRedaction implements UnaryOperator<String> {
  private static final int NUMBER_LENGTH = 5; // u and four digits
  private static final int SHORTEST_SECRET = 8;
  private static final int SHORTEST_IN_BODY = 4;
  private static final String REDACTED = "[redacted]";
  private static final JsonMapper JSON = new JsonMapper();

  /** As the schemas of the contract with {@code format: password} name them. */
  private static final List<String> SECRET_MEMBERS =
      List.of("password", "new_password", "refresh_token", "id_token", "code", "hash", "token");

  private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie");

  private final List<String> secrets;

  private CredentialRedaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Creates a redaction of the credentials of a request. */
  public static CredentialRedaction of(Request request) {
    return new CredentialRedaction(
        Stream.concat(headers(request), members(request))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed()) // one may begin another
            .toList());
  }

  private static Stream<String> headers(Request request) {
    return request.headers().entrySet().stream()
        .filter(header -> SECRET_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .flatMap(
            header ->
                header.getKey().equalsIgnoreCase("Cookie")
                    ? cookies(header.getValue())
                    : header.getValue().stream().map(CredentialRedaction::withoutScheme))
        .filter(secret -> secret.length() >= SHORTEST_SECRET);
  }

  private static String withoutScheme(String authorization) {
    return authorization.substring(authorization.indexOf(' ') + 1).strip();
  }

  private static Stream<String> cookies(Collection<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(";")))
        .map(pair -> pair.substring(pair.indexOf('=') + 1).strip());
  }

  private static Stream<String> members(Request request) {
    if (!isAuthentication(request)) {
      return Stream.empty();
    }
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (IOException | RuntimeException notJson) { // Feign throws if there is no body
      return Stream.empty();
    }
    return SECRET_MEMBERS.stream()
        .map(name -> body.path(name).asText(""))
        .filter(secret -> secret.length() >= SHORTEST_IN_BODY);
  }

  /** Returns whether the answer to a request may hold new credentials: one to {@code /auth/…}. */
  public static boolean isAuthentication(Request request) {
    try {
      String path = URI.create(request.url()).getRawPath();
      return path != null && path.contains("/auth/");
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }

  /** Returns the text without the credentials; null stays null. Takes time linear in its length. */
  @Override
  public String apply(String text) {
    return text == null || secrets.isEmpty() ? text : without(text, text.length());
  }

  /**
   * Returns as much of the text as an {@link ErrorContext} keeps, without the credentials. Looks at
   * no more of it, and leaves no part of a credential at the cut.
   */
  public String kept(String text) {
    return without(text, Math.min(text.length(), ErrorContext.MOST_TEXT_KEPT));
  }

  /**
   * Reads up to an index; a secret that begins before it is taken out whole.
   *
   * @param end where to stop
   */
  private String without(String text, int end) {
    StringBuilder clean = new StringBuilder(end);
    int i = 0;
    while (i < end) {
      int after = endOfAny(text, i);
      if (after > 0) {
        clean.append(REDACTED);
        i = after;
      } else {
        clean.append(text.charAt(i++));
      }
    }
    return clean.toString();
  }

  private int endOfAny(String text, int start) {
    for (String secret : secrets) {
      int end = endOf(secret, text, start, false);
      if (end < 0 && isEscapedInJson(secret)) {
        end = endOf(secret, text, start, true);
      }
      if (end > 0) {
        return end;
      }
    }
    return -1;
  }

  private static boolean isEscapedInJson(String secret) {
    return secret.indexOf('"') >= 0 || secret.indexOf('\\') >= 0;
  }

  /** Where the secret that begins here ends, or -1 if none does. */
  private static int endOf(String secret, String text, int start, boolean inJson) {
    int at = start;
    for (int i = 0; i < secret.length(); i++) {
      int next = afterOne(secret.charAt(i), text, at, inJson);
      if (next < 0) {
        return -1;
      }
      at = next;
    }
    return at;
  }

  /**
   * JSON may spell any character by its number and put a backslash before a slash; it must put one
   * before a quote and a backslash.
   */
  private static int afterOne(char wanted, String text, int at, boolean inJson) {
    if (at >= text.length()) {
      return -1;
    }
    boolean isEscaped = inJson && (wanted == '"' || wanted == '\\');
    if (text.charAt(at) == wanted && !isEscaped) {
      return at + 1;
    }
    if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
      return -1;
    }
    if ((isEscaped || wanted == '/') && text.charAt(at + 1) == wanted) {
      return at + 2;
    }
    return isNumberOf(wanted, text, at + 1) ? at + 1 + NUMBER_LENGTH : -1;
  }

  /** Whether {@code u} and four hexadecimal digits say this character. */
  private static boolean isNumberOf(char wanted, String text, int at) {
    if (at + NUMBER_LENGTH > text.length() || Character.toLowerCase(text.charAt(at)) != 'u') {
      return false;
    }
    int number = 0;
    for (int i = at + 1; i < at + NUMBER_LENGTH; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return false;
      }
      number = number * 16 + digit;
    }
    return number == wanted;
  }
}
