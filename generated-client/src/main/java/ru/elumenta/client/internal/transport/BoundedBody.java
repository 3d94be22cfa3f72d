package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a response body up to a limit. Beyond it, the body of an error is cut there, because its
 * status is what matters; any other fails, because half a result must not look like a whole one.
 * What has arrived can be asked for at any time. Used by one thread.
 */
final class BoundedBody {
  private static final long MOST_OF_SUCCESS = 64L << 20;
  private static final long MOST_OF_ERROR = 1L << 20;
  private static final int FIRST_PIECE = 4 << 10;
  private static final int LARGEST_PIECE = 1 << 20;

  private final boolean isError;
  private final long limit;
  private final List<byte[]> full = new ArrayList<>(2); // pieces, none of which is copied to grow
  private byte[] last;
  private int used; // of the last piece
  private long size;

  /**
   * Creates it, empty.
   *
   * @param declared how long the server says that the body is; negative if it does not say
   */
  BoundedBody(int status, long declared) {
    this(status, declared, status < 200 || status > 299 ? MOST_OF_ERROR : MOST_OF_SUCCESS);
  }

  BoundedBody(int status, long declared, long limit) {
    this.isError = status < 200 || status > 299;
    this.limit = limit;
    // What is declared is believed for a piece only: the body may never come.
    this.last = new byte[(int) (declared < 0 ? FIRST_PIECE : Math.min(declared, LARGEST_PIECE))];
  }

  /**
   * Reads a body to its end or to the limit.
   *
   * @return whether the end was reached
   * @throws BodyTooLargeException if it is longer than a success may be
   */
  boolean readFrom(InputStream in) throws IOException {
    while (true) {
      if (used == last.length) {
        int next = in.read();
        if (next < 0) {
          return true;
        }
        if (size == limit) {
          return endAtLimit();
        }
        grow();
        last[used++] = (byte) next;
        size++;
      }
      int wanted = (int) Math.min(last.length - used, limit - size);
      if (wanted > 0) {
        int count = in.read(last, used, wanted);
        if (count < 0) {
          return true;
        }
        used += count;
        size += count;
      } else if (size == limit && used < last.length) {
        return in.read() < 0 || endAtLimit();
      }
    }
  }

  private void grow() {
    if (used > 0) {
      full.add(last);
    }
    last = new byte[Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, last.length * 2))];
    used = 0;
  }

  private boolean endAtLimit() throws BodyTooLargeException {
    if (!isError) {
      throw new BodyTooLargeException(limit);
    }
    return false;
  }

  /** Returns the beginning of what has arrived, without copying more. */
  byte[] beginning(int most) {
    byte[] beginning = new byte[(int) Math.min(most, size)];
    int at = 0;
    for (int i = 0; at < beginning.length; i++) {
      byte[] piece = i < full.size() ? full.get(i) : last;
      int length = Math.min(piece.length, beginning.length - at);
      System.arraycopy(piece, 0, beginning, at, length);
      at += length;
    }
    return beginning;
  }

  /** Returns what has arrived. */
  byte[] bytes() {
    if (full.isEmpty()) {
      return used == last.length ? last : Arrays.copyOf(last, used);
    }
    byte[] whole = new byte[(int) size];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    System.arraycopy(last, 0, whole, at, used);
    return whole;
  }
}
