package ru.elumenta.client.internal.transport;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A request body that knows whether anything of it was handed to the connection. The JDK's client
 * asks for the body only once the connection stands and the headers are written, so a request whose
 * body was never asked for cannot have been executed.
 */
final class TrackedRequestBody implements BodyPublisher {
  private final BodyPublisher bytes;
  private final boolean isEmpty;
  private volatile boolean asked;

  TrackedRequestBody(byte[] body) {
    isEmpty = body == null || body.length == 0;
    bytes = isEmpty ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  /**
   * A request without a body is complete with its headers, which nobody reports: it may have left.
   */
  boolean mayHaveLeft() {
    return asked || isEmpty;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    asked = true;
    bytes.subscribe(subscriber);
  }
}
