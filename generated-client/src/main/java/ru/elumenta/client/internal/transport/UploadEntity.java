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
  private static final int PIECE = 128 << 10;

  private final Upload upload;
  private final UploadSource source;
  private IOException failure;

  UploadEntity(Upload upload, UploadSource source) {
    super((ContentType) null, null, false);
    this.upload = upload;
    this.source = source;
  }

  /** Opens what is to be sent, before anything is. */
  void open() throws IOException {
    try {
      source.open(upload);
    } catch (UploadSource.Unreadable e) {
      throw new ExchangeException(
          ExchangeException.Kind.SOURCE, false, null, "it cannot be opened", e.failure());
    }
  }

  /** Returns why the source could not be read to its end; null if it could, or nobody has tried. */
  IOException failure() {
    return failure;
  }

  @Override
  public long getContentLength() {
    return upload.length();
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("it is written");
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, upload.length())];
    for (long left = upload.length(); left > 0; ) {
      int count = read(piece, (int) Math.min(piece.length, left), left);
      out.write(piece, 0, count);
      left -= count;
    }
  }

  private int read(byte[] piece, int wanted, long left) throws IOException {
    int count;
    try {
      count = source.read(piece, wanted);
    } catch (UploadSource.Unreadable e) {
      failure = e.failure();
      throw failure;
    }
    if (count < 0) {
      failure = new IOException("it ended %d bytes too early".formatted(left));
      throw failure;
    }
    return count;
  }

  /** Closes the source; nothing more of it is sent. */
  @Override
  public void close() {
    source.close();
  }
}
