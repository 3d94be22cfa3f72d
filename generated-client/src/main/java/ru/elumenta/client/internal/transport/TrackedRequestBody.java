package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that is sent once, and that knows whether anything of it was handed to the
 * connection.
 *
 * <p>The JDK's client asks for the body only once the connection stands and the headers are
 * written, so a request whose body was never asked for cannot have been executed. Asking whether it
 * was seals the body: what is "not yet" to the one who asks must not become "yes" a moment later.
 * Being sent once, it also holds back the JDK where a system property makes it repeat requests on
 * its own.
 */
final class TrackedRequestBody implements BodyPublisher {
  private enum State {
    /** The connection has not asked for the body. */
    WAITING,
    /** It has, and got it. */
    HANDED_OVER,
    /** It has not, and will not get it. */
    SEALED
  }

  private final BodyPublisher bytes;
  private final boolean isEmpty;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  TrackedRequestBody(byte[] body) {
    isEmpty = body == null || body.length == 0;
    bytes = isEmpty ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  TrackedRequestBody(UploadingBody body) {
    isEmpty = false;
    bytes = body;
  }

  /**
   * Returns whether the request may have left; if not, from now on it cannot. One without a body is
   * complete with its headers, which nobody reports: it may have left.
   */
  boolean mayHaveLeft() {
    return isEmpty || wasHandedOver();
  }

  /** Returns whether the body was handed over; if not, from now on it will not be. */
  boolean wasHandedOver() {
    state.compareAndSet(State.WAITING, State.SEALED);
    return state.get() == State.HANDED_OVER;
  }

  /** Returns why the body could not be read from where it comes from, if it could not. */
  Optional<IOException> sourceFailure() {
    return bytes instanceof UploadingBody uploading
        ? Optional.ofNullable(uploading.failure())
        : Optional.empty();
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    if (state.compareAndSet(State.WAITING, State.HANDED_OVER) || isEmpty) {
      bytes.subscribe(subscriber);
      return;
    }
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            // The failure below is all there is.
          }

          @Override
          public void cancel() {
            // Nothing was begun.
          }
        });
    subscriber.onError(new IOException("a request is sent once"));
  }
}
