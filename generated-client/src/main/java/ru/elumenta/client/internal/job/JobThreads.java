package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ru.elumenta.client.internal.call.CallThreads;

/**
 * The timer and the threads by which any number of clients wait for their jobs. None runs while
 * there is nothing to wait for. Thread-safe.
 */
public final class JobThreads implements AutoCloseable {
  private static final long KEPT_SECONDS = 10;

  /** More would overflow; a limit that comes later is looked at again. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService threads = CallThreads.named("elumenta-job");
  private final Set<JobFuture> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /** Creates them; no thread runs yet. */
  public JobThreads() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "elumenta-job-timer", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null); // it runs nothing of the application's
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(KEPT_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Takes note of who is to be told when the owner of the wait, or this, is closed. */
  void waits(JobFuture future) {
    waiting.add(future);
  }

  void forget(JobFuture ended) {
    waiting.remove(ended);
  }

  /**
   * Does something quick on the timer's thread.
   *
   * @throws RejectedExecutionException if it is closed
   */
  public Future<?> after(Duration delay, Runnable task) {
    Duration most = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    return timer.schedule(task, most.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Does something on a thread of its own.
   *
   * @throws RejectedExecutionException if it is closed
   */
  void run(Runnable task) {
    threads.execute(task);
  }

  /** Ends the waits of one client, each on a thread that is none of the caller's. */
  void endAll(JobTimer owner) {
    Queue<JobFuture> left = new ConcurrentLinkedQueue<>();
    for (JobFuture future : waiting) {
      if (owner == null || future.isOf(owner)) {
        future.stop();
        left.add(future);
      }
    }
    int atOnce = Math.min(left.size(), PollQueue.MOST_POLLS);
    try {
      for (int i = 0; i < atOnce; i++) {
        threads.execute(() -> end(left));
      }
    } catch (RejectedExecutionException e) {
      // Whoever closed this has ended them all.
    }
  }

  private static void end(Queue<JobFuture> left) {
    for (JobFuture next = left.poll(); next != null; next = left.poll()) {
      next.endedByClosing();
    }
  }

  /** Ends every wait, and the threads; what was begun on them goes on to its end. Idempotent. */
  @Override
  public void close() {
    isClosed = true;
    timer.shutdownNow();
    endAll(null);
    threads.shutdown();
  }
}
