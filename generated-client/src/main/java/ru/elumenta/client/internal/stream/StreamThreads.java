package ru.elumenta.client.internal.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import ru.elumenta.client.internal.call.CallThreads;

/**
 * Where the events of published streams are read and signalled, and who is to be told when that
 * ends. None of the threads is interrupted, because they run the application's code. None is held
 * by a stream of which nothing is wanted. Thread-safe.
 */
public final class StreamThreads implements AutoCloseable {
  private static final String NAME = "elumenta-stream";

  private final ExecutorService threads = CallThreads.named(NAME);
  private final BiFunction<Duration, Runnable, Future<?>> timer;
  private final Set<EventSubscription<?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * Creates them; no thread runs yet.
   *
   * @param timer does something quick after a while; refuses when it is closed
   */
  public StreamThreads(BiFunction<Duration, Runnable, Future<?>> timer) {
    this.timer = timer;
  }

  /**
   * Does something on a thread of its own; when this is closed that is the last word of a stream.
   */
  void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closed) {
      Thread last = new Thread(task, NAME);
      last.setDaemon(true);
      last.start();
    }
  }

  /**
   * Does something on a thread of its own after a while.
   *
   * @return what cancels it; null if this is closed
   */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return timer.apply(delay, () -> run(task));
    } catch (RejectedExecutionException closed) {
      return null; // and ends all streams
    }
  }

  /** Takes note of who is to be told when its owner, or this, is closed. */
  void opens(EventSubscription<?> subscription) {
    open.add(subscription);
  }

  void forget(EventSubscription<?> ended) {
    open.remove(ended);
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Ends the streams of one client, each on a thread that is none of the caller's. */
  public void endAll(Object owner) {
    for (EventSubscription<?> subscription : open) {
      if (owner == null || subscription.isOf(owner)) {
        run(subscription::endedByClosing);
      }
    }
  }

  /** Ends all streams, and the threads; what was begun on them goes on to its end. Idempotent. */
  @Override
  public void close() {
    isClosed = true;
    endAll(null);
    threads.shutdown();
  }
}
