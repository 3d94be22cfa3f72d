package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of one request, read piece by piece as the connection takes it. Remembers how reading
 * failed: the JDK tells of any failure of a body as one of the connection.
 */
final class UploadingBody implements BodyPublisher, Subscription, AutoCloseable {
  private static final int PIECE = 16 << 10;

  private final long length;
  private final InputStream source;
  private final AtomicLong demand = new AtomicLong();
  private volatile IOException failure;
  private volatile boolean isOver;
  private Subscriber<? super ByteBuffer> subscriber; // set before anything is asked for
  private long left; // used by whoever serves the demand, one at a time

  private UploadingBody(long length, InputStream source) {
    this.length = length;
    this.source = source;
    this.left = length;
  }

  /** Opens what is to be sent, before anything is. */
  static UploadingBody open(Upload upload) throws ExchangeException {
    try {
      return new UploadingBody(upload.length(), upload.open());
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
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    this.subscriber = subscriber;
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    if (count <= 0 || demand.getAndAdd(count) > 0) {
      return; // whoever serves the demand now serves this too
    }
    do {
      sendPiece();
    } while (demand.decrementAndGet() > 0 && !isOver);
  }

  private void sendPiece() {
    if (isOver) {
      return;
    }
    byte[] piece = new byte[(int) Math.min(PIECE, left)];
    int count;
    try {
      count = source.read(piece);
      if (count < 0) {
        throw new IOException("it ended %d bytes too early".formatted(left));
      }
    } catch (IOException | RuntimeException e) {
      isOver = true;
      failure = sourceFailure(e);
      subscriber.onError(failure);
      return;
    }
    left -= count;
    subscriber.onNext(ByteBuffer.wrap(count == piece.length ? piece : Arrays.copyOf(piece, count)));
    if (left == 0) {
      isOver = true;
      subscriber.onComplete();
    }
  }

  private static IOException sourceFailure(Exception e) {
    return e instanceof IOException failure ? failure : new IOException(e.toString(), e);
  }

  @Override
  public void cancel() {
    isOver = true;
  }

  /** Closes the source; nothing more of it is sent. */
  @Override
  public void close() {
    isOver = true;
    try {
      source.close();
    } catch (IOException | RuntimeException e) {
      // It was only read from.
    }
  }
}
