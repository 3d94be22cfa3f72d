package ru.elumenta.client.internal.transport;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.StreamEvent;

/** A subscriber that asks for what its test says, and keeps what it hears. */
class Heard implements Flow.Subscriber<StreamEvent> {
  static final String END = "the end";

  private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final long first;
  private volatile Flow.Subscription subscription;
  private volatile boolean wasDisturbed;

  /** Asks for so many events as soon as it may; for none if it is zero. */
  Heard(long first) {
    this.first = first;
  }

  static Heard from(Flow.Publisher<StreamEvent> publisher, long first) {
    Heard heard = new Heard(first);
    publisher.subscribe(heard);
    return heard;
  }

  void asksFor(long count) {
    subscription.request(count);
  }

  void cancels() {
    subscription.cancel();
  }

  /** Returns an event, a failure or {@link #END}; null if nothing comes in time. */
  Object next(Duration limit) throws InterruptedException {
    return signals.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  Object next() throws InterruptedException {
    return next(Streams.LONG);
  }

  /** Whether signals overlapped, or came on an interrupted thread. */
  boolean wasDisturbed() {
    return wasDisturbed;
  }

  private void hears(Object signal, Runnable more) {
    wasDisturbed |= inside.getAndIncrement() != 0 || Thread.currentThread().isInterrupted();
    more.run();
    wasDisturbed |= Thread.currentThread().isInterrupted();
    inside.decrementAndGet();
    signals.add(signal);
  }

  /** What else an event means to it. */
  void takes(StreamEvent event) {}

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (first != 0) {
      given.request(first);
    }
  }

  @Override
  public void onNext(StreamEvent event) {
    hears(event, () -> takes(event));
  }

  @Override
  public void onError(Throwable failure) {
    hears(failure, () -> {});
  }

  @Override
  public void onComplete() {
    hears(END, () -> {});
  }
}
