package ru.elumenta.client.internal.session;

import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies that carry a refresh token. The documentation says that it is one, and httpOnly, but
 * not its name (page: authentication): those with "refresh" in their names, or else all that are
 * httpOnly.
 */
final class RefreshCookies {
  private RefreshCookies() {}

  /**
   * Returns them as the header Cookie wants them; empty if an answer sets none.
   *
   * @param headers the headers of the answer, their names in any case
   * @param before those that the answer may replace one by one, in the same form; or null
   */
  static Optional<String> in(Map<String, Collection<String>> headers, String before) {
    List<HttpCookie> set = new ArrayList<>();
    headers.forEach(
        (name, values) -> {
          if (name.equalsIgnoreCase("Set-Cookie")) {
            values.forEach(value -> set.addAll(parsed(value)));
          }
        });
    List<HttpCookie> named = set.stream().filter(RefreshCookies::isNamedSo).toList();
    List<HttpCookie> wanted =
        named.isEmpty() ? set.stream().filter(HttpCookie::isHttpOnly).toList() : named;
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> all = before == null ? new LinkedHashMap<>() : pairs(before);
    wanted.forEach(cookie -> all.put(cookie.getName(), cookie.getValue()));
    return Optional.of(
        all.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; ")));
  }

  /** Whether an answer names one so that there is no doubt. */
  static boolean areNamedIn(Map<String, Collection<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
        .flatMap(header -> header.getValue().stream())
        .flatMap(value -> parsed(value).stream())
        .anyMatch(RefreshCookies::isNamedSo);
  }

  private static boolean isNamedSo(HttpCookie cookie) {
    return cookie.getName().toLowerCase(Locale.ROOT).contains("refresh");
  }

  /** Those that are to be kept: an empty or expired one deletes. */
  private static List<HttpCookie> parsed(String header) {
    try {
      return HttpCookie.parse("Set-Cookie: " + header).stream()
          .filter(cookie -> !cookie.hasExpired() && !cookie.getValue().isEmpty())
          .toList();
    } catch (IllegalArgumentException notACookie) {
      return List.of();
    }
  }

  private static Map<String, String> pairs(String header) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : header.split("; *")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return pairs;
  }
}
