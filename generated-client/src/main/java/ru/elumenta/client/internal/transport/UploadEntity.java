package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * The body of one request, read piece by piece as the connection takes it. Remembers how reading
 * failed, which is no failure of the connection.
 */
final class UploadEntity extends AbstractHttpEntity {
  private static final int PIECE = 16 << 10;

  private final long length;
  private final InputStream source;
  private IOException failure;

  private UploadEntity(long length, InputStream source) {
    super((ContentType) null, null, false);
    this.length = length;
    this.source = source;
  }

  /** Opens what is to be sent, before anything is. */
  static UploadEntity open(Upload upload) throws ExchangeException {
    try {
      return new UploadEntity(upload.length(), upload.open());
    } catch (IOException | RuntimeException e) {
      throw new ExchangeException(
          ExchangeException.Kind.SOURCE, false, null, "it cannot be opened", sourceFailure(e));
    }
  }

  /** Returns why the source could not be read to its end; null if it could, or nobody has tried. */
  IOException failure() {
    return failure;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public InputStream getContent() {
    return source;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, length)];
    for (long left = length; left > 0; ) {
      int count = read(piece, (int) Math.min(piece.length, left), left);
      out.write(piece, 0, count);
      left -= count;
    }
  }

  private int read(byte[] piece, int wanted, long left) throws IOException {
    try {
      int count = source.read(piece, 0, wanted);
      if (count < 0) {
        throw new IOException("it ended %d bytes too early".formatted(left));
      }
      return count;
    } catch (IOException | RuntimeException e) {
      failure = sourceFailure(e);
      throw failure;
    }
  }

  private static IOException sourceFailure(Exception e) {
    return e instanceof IOException failure ? failure : new IOException(e.toString(), e);
  }

  /** Closes the source; nothing more of it is sent. */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException | RuntimeException e) {
      // It was only read from.
    }
  }
}
