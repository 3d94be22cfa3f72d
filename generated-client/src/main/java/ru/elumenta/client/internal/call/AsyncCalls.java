package ru.elumenta.client.internal.call;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
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
    this.own = given == null ? threads() : null;
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
      executor.execute(running.task);
    } catch (RejectedExecutionException e) {
      if (own == null) {
        throw e;
      }
      running.task.run(); // closed, as the call itself will find
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
    private volatile boolean isEnded;

    RunningCall(Supplier<T> call) {
      this.task = new FutureTask<>(() -> run(call), null);
      whenComplete(
          (result, failure) -> {
            if (!isEnded) {
              task.cancel(true);
            }
          });
    }

    private void run(Supplier<T> call) {
      T result;
      try {
        result = call.get();
      } catch (Throwable e) {
        isEnded = true;
        completeExceptionally(e);
        return;
      }
      isEnded = true;
      complete(result);
    }
  }

  private static ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException beforeJdk21) {
      return Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "elumenta-call");
            thread.setDaemon(true);
            return thread;
          });
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("The JDK's virtual threads could not be used.", e);
    }
  }
}
