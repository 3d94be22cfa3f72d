package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;

/**
 * Waits for any number of jobs with a handful of threads: between two polls a job holds none.
 * Thread-safe.
 *
 * <p>In the system's time it schedules; in any other it sleeps there, on its own threads.
 */
public final class JobTimer {
  private static final int THREADS = 4;
  private static final String CLOSED = "because the client is closed";

  private final ScheduledThreadPoolExecutor threads;
  private final Set<WaitFuture> waiting = ConcurrentHashMap.newKeySet();
  private final TimeSource time;
  private volatile boolean isClosed;

  public JobTimer(TimeSource time) {
    this.time = time;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "elumenta-jobs-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Waits; cancelling the future ends the wait, and the poll that is under way. */
  public CompletableFuture<Generation> await(JobWait wait) {
    WaitFuture future = new WaitFuture(wait);
    waiting.add(future);
    future.whenComplete((generation, failure) -> future.ended());
    if (isClosed) {
      future.completeExceptionally(wait.interrupted(CLOSED));
    } else {
      future.next();
    }
    return future;
  }

  /** Ends every wait. */
  public void close() {
    isClosed = true;
    threads.shutdownNow();
    waiting.forEach(future -> future.completeExceptionally(future.wait.interrupted(CLOSED)));
  }

  private final class WaitFuture extends CompletableFuture<Generation> {
    private final JobWait wait;
    private volatile Future<?> step;
    private volatile Thread polling;

    WaitFuture(JobWait wait) {
      this.wait = wait;
    }

    private void next() {
      try {
        Duration delay = wait.untilNextPoll().orElse(null);
        if (delay == null) {
          complete(wait.result());
          return;
        }
        step = pollAfter(delay);
        if (isDone()) { // meanwhile
          step.cancel(true);
        }
      } catch (RejectedExecutionException e) {
        completeExceptionally(wait.interrupted(CLOSED));
      } catch (Throwable e) {
        completeExceptionally(e);
      }
    }

    private Future<?> pollAfter(Duration delay) {
      if (time == TimeSource.system()) {
        return threads.schedule(this::poll, delay.toNanos(), TimeUnit.NANOSECONDS);
      }
      return threads.submit(
          () -> {
            time.sleep(delay);
            poll();
            return null;
          });
    }

    private void poll() {
      polling = Thread.currentThread();
      try {
        wait.poll();
        next();
      } catch (Throwable e) {
        completeExceptionally(isClosed ? wait.interrupted(CLOSED) : e);
      } finally {
        polling = null;
      }
    }

    private void ended() {
      waiting.remove(this);
      Future<?> last = step;
      if (last != null && polling != Thread.currentThread()) {
        last.cancel(true);
      }
    }
  }
}
