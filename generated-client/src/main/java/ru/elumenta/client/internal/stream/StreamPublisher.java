package ru.elumenta.client.internal.stream;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Publishes one stream to one subscriber, because each stream is paid for. Whoever comes later is
 * refused by {@code onError}. Thread-safe.
 */
public final class StreamPublisher<T> implements Flow.Publisher<T> {
  private static final Flow.Subscription NOTHING =
      new Flow.Subscription() {
        @Override
        public void request(long count) {
          // There is nothing to ask for.
        }

        @Override
        public void cancel() {
          // Nor to end.
        }
      };

  private final Function<Flow.Subscriber<? super T>, EventSubscription<T>> subscriptions;
  private final AtomicBoolean isTaken = new AtomicBoolean();

  /**
   * Creates it; nothing is sent.
   *
   * @param subscriptions makes the one subscription
   */
  public StreamPublisher(Function<Flow.Subscriber<? super T>, EventSubscription<T>> subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    if (subscriber == null) {
      throw new NullPointerException("subscriber must not be null.");
    }
    if (isTaken.compareAndSet(false, true)) {
      subscriptions.apply(subscriber).begin();
      return;
    }
    subscriber.onSubscribe(NOTHING);
    subscriber.onError(
        new IllegalStateException(
            "This publisher had its one subscriber already, because each stream is paid for."
                + " Nothing was sent. Call streamPublisher again for another stream."));
  }
}
