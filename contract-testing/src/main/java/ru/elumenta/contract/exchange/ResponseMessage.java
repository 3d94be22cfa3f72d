package ru.elumenta.contract.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response as it came over the wire. Immutable, but for the body's bytes, which are not copied.
 */
public final class ResponseMessage {
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final boolean isWhole;

  private ResponseMessage(
      int status,
      Map<String, ? extends Collection<String>> headers,
      byte @Nullable [] body,
      boolean isWhole) {
    this.status = status;
    this.headers = HeaderFields.copyOf(headers);
    this.body = Objects.requireNonNullElseGet(body, () -> new byte[0]);
    this.isWhole = isWhole;
  }

  /**
   * Creates a response.
   *
   * @param body the bytes of the body; empty or null for none
   */
  public static ResponseMessage of(
      int status, Map<String, ? extends Collection<String>> headers, byte @Nullable [] body) {
    return new ResponseMessage(status, headers, body, true);
  }

  /** Creates a response whose body is text in UTF-8. */
  public static ResponseMessage of(
      int status, Map<String, ? extends Collection<String>> headers, String body) {
    return of(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Creates a response of whose body only the beginning is known, for example because the reader of
   * a stream stopped reading. What the rest would have to have is not checked.
   */
  public static ResponseMessage beginningOf(
      int status, Map<String, ? extends Collection<String>> headers, byte @Nullable [] body) {
    return new ResponseMessage(status, headers, body, false);
  }

  /**
   * Takes a response that Feign received.
   *
   * @throws IllegalArgumentException if its body can be read only once; see {@code
   *     ValidatingClient}
   */
  public static ResponseMessage of(feign.Response response) {
    feign.Response.Body body = response.body();
    if (body == null) {
      return of(response.status(), response.headers(), new byte[0]);
    }
    if (!body.isRepeatable()) {
      throw new IllegalArgumentException(
          "The body can be read only once: read it into memory first, or use ValidatingClient.");
    }
    try (InputStream in = body.asInputStream()) {
      return of(response.status(), response.headers(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a response of {@code java.net.http}.
   *
   * @throws IllegalArgumentException if its body is neither text nor bytes
   */
  public static ResponseMessage of(HttpResponse<?> response) {
    Map<String, List<String>> headers = response.headers().map();
    if (response.body() == null) {
      return of(response.statusCode(), headers, new byte[0]);
    }
    if (response.body() instanceof byte[] bytes) {
      return of(response.statusCode(), headers, bytes);
    }
    if (response.body() instanceof String text) {
      return of(response.statusCode(), headers, text);
    }
    throw new IllegalArgumentException(
        "The body must be a String or byte[]: use BodyHandlers.ofString() or ofByteArray().");
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the headers, whose names are looked up without regard to case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the bytes of the body; empty if there is none. */
  public byte[] body() {
    return body;
  }

  /** Returns whether the body is all that the server sent. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Shows the status, which is all that is sure to hold no secret. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
