package ru.elumenta.client.internal.job;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import ru.elumenta.client.internal.call.CallThreads;

/**
 * Where jobs are polled: on as many threads as there are polls at once, up to a bound. What the
 * application does when a job has ended runs on the same thread, but counts no longer: however long
 * it takes, no poll waits for it. Thread-safe.
 */
final class PollThreads {
  /**
   * Each poll at once takes a connection, and before JDK 21 a thread. These are enough for 10,000
   * jobs at an interval of 5 s, if a poll takes no longer than 250 ms.
   */
  static final int MOST_POLLS = 500;

  private final ExecutorService threads = CallThreads.named("elumenta-job");
  private final Queue<Supplier<Runnable>> queue = new ArrayDeque<>(); // guarded by this
  private int running; // guarded by this

  /**
   * Polls as soon as there is room, first come, first served.
   *
   * @param poll returns what is to be done after it if that may take its time, else null
   * @throws RejectedExecutionException if it is closed
   */
  void poll(Supplier<Runnable> poll) {
    synchronized (this) {
      if (running == MOST_POLLS) {
        queue.add(poll);
        return;
      }
      running++;
    }
    start(poll);
  }

  private void start(Supplier<Runnable> poll) {
    boolean isStarted = false;
    try {
      threads.execute(() -> run(poll));
      isStarted = true;
    } finally {
      if (!isStarted) {
        synchronized (this) {
          running--;
        }
      }
    }
  }

  private void run(Supplier<Runnable> poll) {
    Supplier<Runnable> next = poll;
    while (next != null) {
      Runnable then = next.get();
      next = nextInQueue();
      if (then != null) {
        handOver(next);
        then.run();
        return;
      }
    }
  }

  private synchronized Supplier<Runnable> nextInQueue() {
    Supplier<Runnable> next = queue.poll();
    if (next == null) {
      running--;
    }
    return next;
  }

  private void handOver(Supplier<Runnable> next) {
    try {
      if (next != null) {
        start(next);
      }
    } catch (RejectedExecutionException e) {
      // Closed: whoever waits has been told.
    }
  }

  /**
   * Does something that is no poll, on a thread of its own.
   *
   * @throws RejectedExecutionException if it is closed
   */
  void run(Runnable task) {
    threads.execute(task);
  }

  /** Begins none of the polls that wait for room. */
  synchronized void forgetQueue() {
    queue.clear();
  }

  /** Begins nothing more. What was begun goes on to its end. */
  void close() {
    threads.shutdown();
  }
}
