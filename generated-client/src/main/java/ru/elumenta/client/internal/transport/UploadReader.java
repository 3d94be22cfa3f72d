package ru.elumenta.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * Takes uploads into memory, for a transport that sends nothing else; within a limit, whatever the
 * source does. Thread-safe.
 */
public final class UploadReader {
  private final ConnectionEngine engine;

  /**
   * Creates it.
   *
   * @param engine whose closing ends every reading
   */
  public UploadReader(ConnectionEngine engine) {
    this.engine = engine;
  }

  /** Reads it whole; whatever fails here, nothing was sent. */
  public byte[] read(Upload upload, Duration limit) throws ExchangeException {
    HttpCall call = new HttpCall(this);
    call.until(System.nanoTime() + limit.toNanos());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    UploadSource source = new UploadSource(upload.mayBlock(), call, engine.helpers());
    try (UploadEntity body = new UploadEntity(upload, source)) {
      engine.watch(call);
      try {
        body.open();
        body.writeTo(whole);
        return whole.toByteArray();
      } catch (IOException e) {
        throw failure(call, e);
      }
    } finally {
      engine.forget(call);
      call.done();
    }
  }

  private static ExchangeException failure(HttpCall call, IOException e) {
    if (call.howEnded() == HttpCall.End.TIMED_OUT) {
      return ExchangeException.notSent(ExchangeException.Kind.TIMEOUT, "time ran out", null);
    }
    if (call.isEnded()) {
      return ExchangeException.notSent(
          ExchangeException.Kind.INTERRUPTED, HttpTransport.CLOSED, null);
    }
    if (Thread.currentThread().isInterrupted()) {
      return ExchangeException.notSent(
          ExchangeException.Kind.INTERRUPTED, "while the recording was read", null);
    }
    return e instanceof ExchangeException known
        ? known
        : ExchangeException.notSent(ExchangeException.Kind.SOURCE, HttpTransport.describe(e), e);
  }
}
