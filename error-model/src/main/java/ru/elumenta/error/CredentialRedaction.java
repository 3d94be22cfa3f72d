package ru.elumenta.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Request;
import java.io.IOException;
import java.net.URI;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request's credentials out of what the server sent back. Error pages that echo the request
 * are common, and their text ends in logs.
 *
 * <p>Credentials are what the headers Authorization and Cookie hold and, in a request to {@code
 * /auth/…}, the passwords, tokens and signatures of its body.
 */
public final class CredentialRedaction implements UnaryOperator<String> {
  private static final int SHORTEST_SECRET = 8;
  private static final int SHORTEST_IN_BODY = 4;
  private static final String REDACTED = "[redacted]";
  private static final JsonMapper JSON = new JsonMapper();

  /** As the schemas of the contract with {@code format: password} name them. */
  private static final List<String> SECRET_MEMBERS =
      List.of("password", "new_password", "refresh_token", "id_token", "code", "hash", "token");

  private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie");

  private final Map<String, Collection<String>> headers;
  private final List<String> ofBody; // and not the body itself, which may be large
  private volatile @Nullable List<SecretSearch> searches; // made when first needed: rarely

  private CredentialRedaction(Map<String, Collection<String>> headers, List<String> ofBody) {
    this.headers = headers;
    this.ofBody = ofBody;
  }

  /** Creates a redaction of the credentials of a request. Cheap: each attempt makes one. */
  public static CredentialRedaction of(Request request) {
    return new CredentialRedaction(
        request.headers(), isAuthentication(request) ? members(request).toList() : List.of());
  }

  private List<SecretSearch> searches() {
    List<SecretSearch> made = searches;
    if (made == null) {
      made =
          Stream.concat(ofHeaders(), ofBody.stream())
              .distinct()
              .map(secret -> new SecretSearch(secret, SHORTEST_IN_BODY))
              .toList();
      searches = made; // whoever makes it at the same time makes the same
    }
    return made;
  }

  private Stream<String> ofHeaders() {
    return headers.entrySet().stream()
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
    if (!request.url().contains("/auth/")) {
      return false;
    }
    try {
      String path = URI.create(request.url()).getRawPath();
      return path != null && path.contains("/auth/");
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }

  /** Returns the text without the credentials. Takes time linear in its length. */
  @Override
  public String apply(String text) {
    return text == null || searches().isEmpty() ? text : without(text, text.length());
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
    BitSet secret = new BitSet();
    searches().forEach(search -> search.mark(text, end, secret));
    if (secret.isEmpty()) {
      return text.substring(0, end);
    }
    StringBuilder clean = new StringBuilder(end);
    int i = 0;
    while (i < end) {
      int next = secret.nextSetBit(i);
      int plainTo = next < 0 ? end : Math.min(next, end);
      clean.append(text, i, plainTo);
      i = plainTo;
      if (i < end) {
        clean.append(REDACTED);
        i = secret.nextClearBit(i); // what overlaps or touches is taken out as one
      }
    }
    return clean.toString();
  }
}
