package ru.elumenta.contract.scenario;

/** The forms in which a stream may say that it failed: the documented one, and others. */
public enum StreamError {
  /** {@code data: {"type":"error","message":…}}, as documented. */
  DOCUMENTED("{\"type\":\"error\",\"message\":%s}"),
  /** The envelope of the documented errors. */
  ENVELOPE("{\"error\":\"provider_error\",\"message\":%s,\"provider\":\"openai\"}"),
  /** {@code data: {"error":"…"}}. */
  TEXT("{\"error\":%s}"),
  /** {@code data: {"error":{"message":…}}}, as other services have it. */
  OBJECT("{\"error\":{\"message\":%s,\"type\":\"server_error\",\"code\":null}}"),
  /** {@code data: {"type":"error","error":{"message":…}}}, as other services have it. */
  TYPED_OBJECT("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":%s}}"),
  /** {@code data: {"detail":…}}. */
  DETAIL("{\"detail\":%s}"),
  /** {@code data: {"status":"failed","error":…}}. */
  STATUS("{\"status\":\"failed\",\"error\":%s}"),
  /** {@code event: error}, and {@code {"message":…}} in its data. */
  NAMED("{\"message\":%s}"),
  /** {@code event: error}, and plain text in its data. */
  NAMED_TEXT("%s");

  private final String data;

  StreamError(String data) {
    this.data = data;
  }

  /**
   * Returns the data of the event.
   *
   * @param message as a JSON text with its quotes, or as it is for {@link #NAMED_TEXT}
   */
  public String data(String message) {
    return data.formatted(message);
  }

  /** Returns whether the event has the name {@code error}. */
  public boolean isNamed() {
    return this == NAMED || this == NAMED_TEXT;
  }
}
