package ru.elumenta.contract.exchange;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as it went over the wire. Immutable, but for the body's bytes, which are not copied.
 */
public final class RequestMessage {
  private static final Pattern SCHEME_AND_HOST =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final boolean isWhole;

  private RequestMessage(
      String method,
      String target,
      Map<String, ? extends Collection<String>> headers,
      byte @Nullable [] body,
      boolean isWhole) {
    this.isWhole = isWhole;
    this.method = method.toUpperCase(Locale.ROOT);
    String local = SCHEME_AND_HOST.matcher(target).replaceFirst("").split("#", 2)[0];
    int mark = local.indexOf('?');
    this.path = mark < 0 ? local : local.substring(0, mark);
    this.query = mark < 0 ? "" : local.substring(mark + 1);
    this.headers = HeaderFields.copyOf(headers);
    this.body = Objects.requireNonNullElseGet(body, () -> new byte[0]);
  }

  /**
   * Creates a request.
   *
   * @param target a URL, or a path with its query, escaped as on the wire
   * @param body the bytes of the body; empty or null for none
   */
  public static RequestMessage of(
      String method,
      String target,
      Map<String, ? extends Collection<String>> headers,
      byte @Nullable [] body) {
    return new RequestMessage(method, target, headers, body, true);
  }

  /**
   * Creates a request of whose body only the beginning is known, or nothing, for example because a
   * recording does not have it. The body is not checked.
   */
  public static RequestMessage beginningOf(
      String method,
      String target,
      Map<String, ? extends Collection<String>> headers,
      byte @Nullable [] body) {
    return new RequestMessage(method, target, headers, body, false);
  }

  /** Creates a request whose body is text in UTF-8. */
  public static RequestMessage of(
      String method,
      String target,
      Map<String, ? extends Collection<String>> headers,
      String body) {
    return of(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a request that Feign sends. */
  public static RequestMessage of(feign.Request request) {
    return of(request.httpMethod().name(), request.url(), request.headers(), request.body());
  }

  /**
   * Takes a request of {@code java.net.http}. Its body is asked for once more, which changes
   * nothing for bodies of text, bytes or a file; one of unknown length must be given in bytes, see
   * {@link #of(HttpRequest, byte[])}.
   *
   * @throws IllegalArgumentException if the body cannot be read again
   */
  public static RequestMessage of(HttpRequest request) {
    return of(
        request, request.bodyPublisher().map(PublishedBody::bytesOf).orElseGet(() -> new byte[0]));
  }

  /** Takes a request of {@code java.net.http} and the bytes of its body. */
  public static RequestMessage of(HttpRequest request, byte[] body) {
    return of(request.method(), request.uri().toString(), request.headers().map(), body);
  }

  /** Returns the method, in capitals. */
  public String method() {
    return method;
  }

  /** Returns the path, escaped, without the query. */
  public String path() {
    return path;
  }

  /** Returns the query, escaped, without the question mark; empty if there is none. */
  public String query() {
    return query;
  }

  /** Returns the headers, whose names are looked up without regard to case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the bytes of the body; empty if there is none. */
  public byte[] body() {
    return body;
  }

  /** Returns whether the body is all that was sent. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Shows method and path, which is all that is sure to hold no secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
