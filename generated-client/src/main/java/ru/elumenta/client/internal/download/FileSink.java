package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a file go. Its IOExceptions are those of this machine, not of the host. */
public interface FileSink extends AutoCloseable {
  /** Takes all of these bytes. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Forgets what it has, to begin anew.
   *
   * @return whether it could
   */
  boolean restart() throws IOException;

  /** Makes the whole file visible. */
  void finish() throws IOException;

  /** Removes what is left of a file that was not finished. Idempotent. */
  @Override
  void close() throws IOException;
}
