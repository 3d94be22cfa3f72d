package ru.elumenta.client.check;

import java.util.Locale;
import java.util.Set;

/** Which headers others than the client may add to its requests. */
public final class HeaderRule {
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private HeaderRule() {}

  /** Refuses what cannot be sent, and what the client itself decides over. */
  public static void check(String name, String value) {
    Require.that(
        name != null && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), "A header's name is no name.");
    Require.that(
        !OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
        "The header %s is the client's own: set it with the option that is for it.",
        name);
    Require.that(
        value != null && value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127),
        "The value of the header %s must be printable ASCII.",
        name);
  }
}
