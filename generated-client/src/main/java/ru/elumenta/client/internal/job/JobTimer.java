package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;

/**
 * Waits for any number of jobs: between two polls a job holds no thread. Thread-safe.
 *
 * <p>The thread of the timer only says what is due. It sends nothing and runs nothing of the
 * application's, so nobody's limit and nobody's poll waits for another's. In a time other than the
 * system's there is no such thread: each wait sleeps there on a thread of its own, and its limit is
 * looked at between the polls.
 */
public final class JobTimer {
  static final String CLOSED = "because the client is closed";
  private static final long KEPT_SECONDS = 10;

  /** More would overflow; a limit that comes later is looked at again. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final ScheduledThreadPoolExecutor timer;
  private final PollThreads threads = new PollThreads();
  private final Set<JobFuture> waiting = ConcurrentHashMap.newKeySet();
  private final TimeSource time;
  private volatile boolean isClosed;

  public JobTimer(TimeSource time) {
    this.time = time;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "elumenta-job-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(KEPT_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Waits; cancelling the future ends the wait, and the poll that is under way. */
  public CompletableFuture<Generation> await(JobWait wait) {
    JobFuture future = new JobFuture(wait, this);
    waiting.add(future);
    if (isClosed) {
      future.endedByClosing();
    } else {
      future.begin();
    }
    return future;
  }

  /** Ends every wait, each on a thread that is none of the caller's. */
  public void close() {
    isClosed = true;
    timer.shutdownNow();
    threads.forgetQueue();
    waiting.forEach(JobFuture::stop);
    Queue<JobFuture> left = new ConcurrentLinkedQueue<>(waiting);
    int atOnce = Math.min(left.size(), PollThreads.MOST_POLLS);
    for (int i = 0; i < atOnce; i++) {
      threads.run(() -> end(left));
    }
    threads.close();
  }

  private static void end(Queue<JobFuture> left) {
    for (JobFuture next = left.poll(); next != null; next = left.poll()) {
      next.endedByClosing();
    }
  }

  boolean isClosed() {
    return isClosed;
  }

  PollThreads threads() {
    return threads;
  }

  void forget(JobFuture ended) {
    waiting.remove(ended);
  }

  /** Whether limits have a timer of their own. */
  boolean hasAlarm() {
    return time == TimeSource.system();
  }

  /**
   * Starts something after a delay; it must be quick.
   *
   * @param disturbed told if a time source of the application's does not sleep to the end
   * @return what cancels it
   * @throws RejectedExecutionException if it is closed
   */
  Future<?> after(Duration delay, Runnable task, Consumer<Throwable> disturbed) {
    if (hasAlarm()) {
      Duration most = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
      return timer.schedule(task, most.toNanos(), TimeUnit.NANOSECONDS);
    }
    FutureTask<Void> sleep =
        new FutureTask<>(
            () -> {
              time.sleep(delay);
              return null;
            });
    threads.run(
        () -> {
          sleep.run();
          slept(sleep, task, disturbed);
        });
    return sleep;
  }

  /** No part of the sleep any longer, so that whoever ends that does not interrupt this. */
  private static void slept(FutureTask<Void> sleep, Runnable task, Consumer<Throwable> disturbed) {
    try {
      sleep.get();
    } catch (CancellationException e) {
      Thread.interrupted(); // it was meant for the sleep
      return;
    } catch (ExecutionException | InterruptedException e) {
      disturbed.accept(e.getCause());
      return;
    }
    task.run();
  }
}
