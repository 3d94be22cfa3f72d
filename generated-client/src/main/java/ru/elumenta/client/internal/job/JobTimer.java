package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;

/**
 * Waits for any number of jobs of one client: between two polls a job holds no thread. Thread-safe.
 *
 * <p>The thread of the timer only says what is due. It sends nothing and runs nothing of the
 * application's, so nobody's limit and nobody's poll waits for another's. In a time other than the
 * system's there is no such thread: each wait sleeps there on a thread of its own, and its limit is
 * looked at between the polls.
 */
public final class JobTimer {
  static final String CLOSED = "because the client is closed";

  private final JobThreads threads;
  private final PollQueue polls;
  private final TimeSource time;
  private volatile boolean isClosed;

  /**
   * Creates it.
   *
   * @param threads perhaps shared with other clients; not closed with this
   */
  public JobTimer(TimeSource time, JobThreads threads) {
    this.time = time;
    this.threads = threads;
    this.polls = new PollQueue(threads::run, PollQueue.MOST_POLLS);
  }

  /** Waits; cancelling the future ends the wait, and the poll that is under way. */
  public CompletableFuture<Generation> await(JobWait wait) {
    JobFuture future = new JobFuture(wait, this);
    threads.waits(future);
    if (isClosed()) {
      future.endedByClosing();
    } else {
      future.begin();
    }
    return future;
  }

  /** Ends every wait, each on a thread that is none of the caller's. */
  public void close() {
    isClosed = true;
    threads.endAll(this);
  }

  boolean isClosed() {
    return isClosed || threads.isClosed();
  }

  void forget(JobFuture ended) {
    threads.forget(ended);
  }

  /** Polls as soon as there is room. */
  void poll(Supplier<Runnable> poll) {
    polls.poll(poll);
  }

  /** Does something that is no poll, on a thread of its own. */
  void run(Runnable task) {
    threads.run(task);
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
      return threads.after(delay, task);
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
