package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * The body of one request, read piece by piece as the connection takes it, one ahead. Remembers how
 * reading failed, which is no failure of the connection.
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
    long left = upload.length();
    byte[] full = null;
    byte[] reading = begin(null, left);
    while (left > 0) {
      int count = awaitRead(left);
      left -= count;
      byte[] spare = full;
      full = reading;
      reading = begin(spare, left); // while the connection takes this one
      out.write(full, 0, count);
    }
  }

  private byte[] begin(byte[] spare, long left) {
    int wanted = (int) Math.min(PIECE, left);
    byte[] piece = spare == null ? new byte[wanted] : spare;
    if (wanted > 0) {
      source.begin(piece, wanted);
    }
    return piece;
  }

  private int awaitRead(long left) throws IOException {
    int count;
    try {
      count = source.read();
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
