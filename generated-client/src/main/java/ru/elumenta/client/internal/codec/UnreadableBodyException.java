package ru.elumenta.client.internal.codec;

import java.util.Collection;
import java.util.Map;

/** A 2xx response whose body does not decode; becomes a ResponseFormatException. */
public final class UnreadableBodyException extends RuntimeException {
  private final int status;
  private final transient Map<String, Collection<String>> headers;
  private final transient byte[] body;

  UnreadableBodyException(
      String problem, int status, Map<String, Collection<String>> headers, byte[] body) {
    super(problem);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the response headers. */
  public Map<String, Collection<String>> headers() {
    return headers;
  }

  /** Returns the body. */
  public byte[] body() {
    return body;
  }
}
