package ru.elumenta.client.internal.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what must not hold up a caller: names that are looked up, and the ends of bodies that
 * nobody wants. None runs as long as there is none of that. Thread-safe.
 */
final class HelperThreads implements Executor {
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> daemon("elumenta-http-" + number.incrementAndGet(), task));

  /** Runs a task; refuses it with a RejectedExecutionException after {@link #close()}. */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  void close() {
    pool.shutdownNow();
  }

  /** Starts a thread that keeps neither the JVM nor the application's class loader alive. */
  static Thread started(String name, Runnable task) {
    Thread thread = daemon(name, task);
    thread.start();
    return thread;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
