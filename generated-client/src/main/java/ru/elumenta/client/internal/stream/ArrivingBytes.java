package ru.elumenta.client.internal.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.internal.transport.Unpacking;

/**
 * The bytes of a body that is read while it arrives, unpacked if they are packed. What has arrived
 * is handed out before more is waited for. Used by one thread.
 */
final class ArrivingBytes {
  private static final int CHUNK = 8192;

  private final ArrivingBody body;
  private final List<String> codings;
  private Supplier<Duration> patience;
  private InputStream plain; // null until the first bytes of a packed body are wanted

  /** Begins to read a body; the caller has seen that its codings can be undone. */
  ArrivingBytes(ArrivingBody body) {
    this.body = body;
    this.codings = Unpacking.codings(body.headers());
  }

  /**
   * Waits for the next bytes.
   *
   * @param patience how long to wait for further ones; asked before each wait
   * @return them, or null at the end of the body
   * @throws ExchangeException if there are none in time, or will be none
   */
  List<ByteBuffer> take(Supplier<Duration> patience) throws ExchangeException {
    if (codings.isEmpty()) {
      return body.take(patience.get());
    }
    this.patience = patience;
    try {
      if (plain == null) {
        plain = Unpacking.of(new Packed(), codings);
      }
      byte[] chunk = new byte[CHUNK];
      int read = plain.read(chunk);
      return read < 0 ? null : List.of(ByteBuffer.wrap(chunk, 0, read));
    } catch (ExchangeException e) {
      throw e;
    } catch (IOException damaged) {
      body.close();
      throw body.brokenOff("the packed body is damaged or broke off");
    }
  }

  /** The packed bytes as the streams of the JDK want them. */
  private final class Packed extends InputStream {
    private Iterator<ByteBuffer> arrived = Collections.emptyIterator();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private boolean isEnded;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (!bytes.hasRemaining()) {
        if (arrived.hasNext()) {
          bytes = arrived.next();
          continue;
        }
        List<ByteBuffer> taken = isEnded ? null : body.take(patience.get());
        if (taken == null) {
          isEnded = true;
          return -1;
        }
        arrived = taken.iterator();
      }
      int read = Math.min(length, bytes.remaining());
      bytes.get(into, offset, read);
      return read;
    }

    /** Several packed pieces may follow each other. */
    @Override
    public int available() {
      return isEnded ? 0 : 1;
    }
  }
}
