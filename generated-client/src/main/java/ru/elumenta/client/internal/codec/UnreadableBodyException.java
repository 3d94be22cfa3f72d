package ru.elumenta.client.internal.codec;

import java.util.List;
import java.util.Map;

/** A 2xx response whose body does not decode; becomes a ResponseFormatException. */
public final class UnreadableBodyException extends RuntimeException {
  private final int status;
  private final transient Map<String, List<String>> headers;
  private final String text;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong with the body, without quoting it
   * @param headers without credentials, as is the text
   */
  public UnreadableBodyException(
      String problem, int status, Map<String, List<String>> headers, String text) {
    super(problem);
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the response headers, without credentials. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the body as text, without credentials. */
  public String text() {
    return text;
  }
}
