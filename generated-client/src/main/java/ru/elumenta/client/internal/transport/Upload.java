package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The body of a call that is read from its source while it is sent, and so never whole in memory.
 * An argument that is one is handed to the transport beside the request: Feign's own holds bytes.
 */
public interface Upload {
  /** Returns its length in bytes. */
  long length();

  /**
   * Opens it for one attempt.
   *
   * @return its bytes; they end, or fail with an IOException, after {@link #length()} at the latest
   */
  InputStream open() throws IOException;

  /** Returns whether reading it may take its time, as it may from all but memory. */
  boolean mayBlock();

  /** Returns whether its source can be read only once, and has been. */
  boolean isSpent();

  /** Returns the slug of the model that it is for. */
  String model();

  /** Finds it among the arguments of a call. */
  static Optional<Upload> among(Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Upload upload) {
        return Optional.of(upload);
      }
    }
    return Optional.empty();
  }
}
