package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How what was found is shown: its beginning, and nothing of what may be a secret. Members are
 * secret by their name, texts if they hold a key, a token, or the token of the request.
 */
final class Shown {
  private static final int LONGEST = 60;
  private static final int LONGEST_PLACE = 300;
  private static final int LONGEST_SECRET = 5_000;
  private static final int SHORTEST_SECRET = 8;
  private static final String HIDDEN = "[hidden]";
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i:(.*[_-])?(token|password|passwd|secret|key|apikey|hash|authorization|cookie|bearer"
              + "|session|session[_-]?id))|.*[a-z0-9](Token|Password|Secret|Key|Hash|Cookie|Session)");
  private static final Pattern SECRET_TEXT =
      Pattern.compile(
          "nb_[A-Za-z0-9_-]{4,}|sk-[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_.-]{8,}|(?i:bearer|basic)"
              + " +[A-Za-z0-9._~+/=-]{4,}");

  private final Set<String> passwordMembers;
  private final List<String> sentSecrets;

  Shown(Set<String> passwordMembers, Map<String, List<String>> requestHeaders) {
    this.passwordMembers = passwordMembers;
    this.sentSecrets = new ArrayList<>();
    values(requestHeaders, "Authorization")
        .forEach(value -> addSecret(value.substring(value.indexOf(' ') + 1)));
    values(requestHeaders, "X-Api-Key").forEach(this::addSecret);
    values(requestHeaders, "Cookie")
        .forEach(
            value -> {
              for (String cookie : value.split(";")) {
                addSecret(cookie.substring(cookie.indexOf('=') + 1));
              }
            });
  }

  private static List<String> values(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of());
  }

  private void addSecret(String secret) {
    if (secret.strip().length() >= SHORTEST_SECRET) {
      sentSecrets.add(secret.strip());
    }
  }

  /** Knows no secret of a request. */
  static Shown nothing() {
    return new Shown(Set.of(), Map.of());
  }

  /** A value of JSON at a pointer, whose names tell whether it is secret. */
  String value(String pointer, JsonNode value) {
    if (value == null || value.isMissingNode()) {
      return "nothing";
    }
    if (value.isObject()) {
      return "an object with " + value.size() + " members";
    }
    if (value.isArray()) {
      return "a list of " + value.size();
    }
    for (String name : pointer.split("/")) {
      if (isSecret(name) && !value.isNull()) {
        return HIDDEN;
      }
    }
    return clean(value.toString());
  }

  /** The value of a header or parameter. */
  String text(String name, String value) {
    return isSecret(name) ? HIDDEN : '"' + clean(value) + '"';
  }

  boolean isSecret(String name) {
    return passwordMembers.contains(name) || SECRET_NAME.matcher(name).matches();
  }

  /** Any text, without secrets and not long. */
  String clean(String text) {
    // What lies far behind the end is not worth the search.
    String clean = withoutSecrets(text.substring(0, Math.min(text.length(), LONGEST_SECRET)));
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
  }

  /** A place, which is kept whole unless it is absurd. */
  String place(String place) {
    String clean = withoutSecrets(place);
    return clean.length() <= LONGEST_PLACE ? clean : clean.substring(0, LONGEST_PLACE - 1) + "…";
  }

  private String withoutSecrets(String text) {
    String clean = text;
    for (String secret : sentSecrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return SECRET_TEXT.matcher(clean).replaceAll("[hidden]");
  }
}
