package ru.elumenta.client.internal.job;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The polls of one client: as many at once as there are, up to a bound. What the application does
 * when a job has ended runs on the same thread, but counts no longer: however long it takes, no
 * poll waits for it. A poll that throws, though none should, costs the others nothing. Thread-safe.
 */
final class PollQueue {
  /**
   * Each poll at once takes a connection, and before JDK 21 a thread. These are enough for 10,000
   * jobs at an interval of 5 s, if a poll takes no longer than 250 ms.
   */
  static final int MOST_POLLS = 500;

  private final Executor threads;
  private final int most;
  private final Queue<Supplier<Runnable>> queue = new ArrayDeque<>(); // guarded by this
  private int running; // guarded by this

  PollQueue(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /**
   * Polls as soon as there is room, first come, first served.
   *
   * @param poll returns what is to be done after it if that may take its time, else null
   * @throws RejectedExecutionException if the threads are closed
   */
  void poll(Supplier<Runnable> poll) {
    synchronized (this) {
      if (running == most) {
        queue.add(poll);
        return;
      }
      running++;
    }
    boolean isStarted = false;
    try {
      threads.execute(() -> run(poll));
      isStarted = true;
    } finally {
      if (!isStarted) {
        giveRoom();
      }
    }
  }

  private void run(Supplier<Runnable> poll) {
    for (Supplier<Runnable> next = poll; next != null; ) {
      Runnable then = polled(next);
      next = nextInQueue();
      if (then == null) {
        continue;
      }
      if (next != null && isHandedOver(next)) {
        next = null;
      }
      then.run();
    }
  }

  /** One that throws is over; whoever waits for it has to see to it itself. */
  private static Runnable polled(Supplier<Runnable> poll) {
    try {
      return poll.get();
    } catch (Throwable e) {
      Thread current = Thread.currentThread();
      return () -> current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private synchronized Supplier<Runnable> nextInQueue() {
    Supplier<Runnable> next = queue.poll();
    if (next == null) {
      running--;
    }
    return next;
  }

  private synchronized void giveRoom() {
    running--;
  }

  /** Returns whether another thread has taken it: there may be none to be had. */
  private boolean isHandedOver(Supplier<Runnable> next) {
    try {
      threads.execute(() -> run(next));
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return false; // so it comes after the application's code, on this thread
    }
  }
}
