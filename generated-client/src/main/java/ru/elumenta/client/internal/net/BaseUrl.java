package ru.elumenta.client.internal.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.client.check.Require;

/** Where the service is; keys go over TLS only, but for a server on this machine. */
public final class BaseUrl {
  /** The service itself. */
  public static final String DEFAULT = "https://elumenta.ru/api/v2";

  private static final Pattern PORT = Pattern.compile("^(?:[^\\[\\]]*|\\[.*]):([^:\\]@]+)$");

  private BaseUrl() {}

  private static boolean isPort(String text) {
    return text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65535;
  }

  /** Returns the URL without a slash at its end; refuses one that keys must not go to. */
  public static String checked(String url) {
    Require.that(
        url != null && !url.isBlank(), "The base URL is blank: the default is %s.", DEFAULT);
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The base URL is no URL: " + e.getReason() + ".");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    Matcher port = PORT.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
    Require.that(
        !port.find() || isPort(port.group(1)),
        "The base URL has an impossible port: ports are numbers from 1 to 65535.");
    Require.that(
        uri.getHost() != null && (scheme.equals("https") || scheme.equals("http")),
        "The base URL must begin with https:// and a host, as in %s.",
        DEFAULT);
    Require.that(
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null,
        "The base URL must have no user, query or fragment, only host, port and path.");
    Require.that(
        scheme.equals("https") || ThisMachine.is(uri.getHost()),
        "The base URL must begin with https://: over http:// the API key could be read on the way."
            + " Only a server on this machine (localhost, 127.0.0.1, [::1]) may do without.");
    return uri.toString().replaceAll("/+$", "");
  }

  /** Returns whether a checked base URL is that of this machine. */
  public static boolean isOnThisMachine(String checked) {
    return ThisMachine.is(URI.create(checked).getHost());
  }
}
