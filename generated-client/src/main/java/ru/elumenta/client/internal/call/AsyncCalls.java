package ru.elumenta.client.internal.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs blocking calls on other threads: those of a given executor, or else virtual ones where the
 * JDK has them, or else threads of its own, as many as there are calls at once. Thread-safe.
 */
public final class AsyncCalls {
  private final Executor executor;
  private final ExecutorService own; // null if the executor was given

  /**
   * Creates it.
   *
   * @param given the application's executor, or null
   */
  public AsyncCalls(Executor given) {
    this.own = given == null ? CallThreads.named("elumenta-call") : null;
    this.executor = given == null ? own : given;
  }

  /**
   * Starts a call.
   *
   * @return its result; completing it in any other way, by cancelling or by a time-out, interrupts
   *     the call
   * @throws RejectedExecutionException if a given executor refuses
   */
  public <T> CompletableFuture<T> start(Supplier<T> call) {
    RunningCall<T> running = new RunningCall<>(call);
    try {
      executor.execute(running::run);
    } catch (RejectedExecutionException e) {
      if (own == null) {
        throw e;
      }
      running.run(); // closed, as the call itself will find
    }
    return running;
  }

  /** Ends the threads that are its own, interrupting the calls on them. */
  public void close() {
    if (own != null) {
      own.shutdownNow();
    }
  }

  private static final class RunningCall<T> extends CompletableFuture<T> {
    private final FutureTask<Void> task;

    /** Whether it is decided how this ends: by the call or from outside. */
    private final AtomicBoolean isDecided = new AtomicBoolean();

    RunningCall(Supplier<T> call) {
      this.task = new FutureTask<>(() -> finish(call), null);
      whenComplete((result, failure) -> endFromOutside()); // in whatever way it was completed
    }

    void run() {
      task.run();
      if (task.isCancelled()) {
        Thread.interrupted(); // it was meant for the call, not for what the thread does next
      }
    }

    private void finish(Supplier<T> call) {
      T result = null;
      Throwable failure = null;
      try {
        result = call.get();
      } catch (Throwable e) {
        failure = e;
      }
      if (isDecided.compareAndSet(false, true)) {
        if (failure == null) {
          super.complete(result);
        } else {
          super.completeExceptionally(failure);
        }
      }
    }

    private void endFromOutside() {
      if (isDecided.compareAndSet(false, true)) {
        task.cancel(true);
      }
    }

    // The application's own callbacks run before ours, so these do not wait for them.

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      endFromOutside();
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(T value) {
      endFromOutside();
      return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
      endFromOutside();
      return super.completeExceptionally(failure);
    }
  }
}
