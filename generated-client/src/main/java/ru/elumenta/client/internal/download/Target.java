package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a downloaded file goes. Used by one thread. */
public interface Target extends AutoCloseable {
  /** Takes the next bytes, all of them. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Forgets what it has taken.
   *
   * @return false if it cannot
   */
  boolean startOver() throws IOException;

  /** Takes note that the file is whole. */
  void finish() throws IOException;

  /** Leaves nothing behind, unless the file is whole. */
  @Override
  void close();

  /** Names it, as in "cannot write to …". */
  @Override
  String toString();
}
