package ru.elumenta.client.internal.call;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import ru.elumenta.client.options.ContextPropagation.Captured;

/** Runs the blocking calls of one client on other threads. Thread-safe. */
public final class AsyncCalls {
  private final CallerContext context;
  private final Executor executor;
  private final boolean isGiven;
  private final Set<RunningCall<?>> running = ConcurrentHashMap.newKeySet(); // unless it is given

  private AsyncCalls(Executor executor, boolean isGiven, CallerContext context) {
    this.executor = executor;
    this.isGiven = isGiven;
    this.context = context;
  }

  /** On the application's executor, which is never closed here. */
  public static AsyncCalls onGiven(Executor executor, CallerContext context) {
    return new AsyncCalls(executor, true, context);
  }

  /** On threads of an engine, perhaps shared with other clients; they are not closed here. */
  public static AsyncCalls on(Executor threads, CallerContext context) {
    return new AsyncCalls(threads, false, context);
  }

  /**
   * Starts a call.
   *
   * @return its result; completing it in any other way, by cancelling or by a time-out, interrupts
   *     the call
   * @throws RejectedExecutionException if a given executor refuses
   */
  public <T> CompletableFuture<T> start(Supplier<T> call) {
    return start(call, context.capture());
  }

  /** Starts a call in a context that was captured before. */
  public <T> CompletableFuture<T> start(Supplier<T> call, Captured captured) {
    RunningCall<T> started = new RunningCall<>(call, captured);
    try {
      executor.execute(isGiven ? started::run : () -> runUntilClosed(started));
    } catch (RejectedExecutionException e) {
      if (isGiven) {
        throw e;
      }
      started.run(); // the engine is closed, as the call itself will find
    }
    return started;
  }

  private void runUntilClosed(RunningCall<?> call) {
    running.add(call);
    try {
      call.run();
    } finally {
      running.remove(call);
    }
  }

  /** Interrupts the calls, unless they are on an executor of the application's. */
  public void close() {
    running.forEach(RunningCall::interrupt);
  }

  private static final class RunningCall<T> extends CompletableFuture<T> {
    private final FutureTask<Void> task;
    private Thread caller; // guarded by this; null unless the call itself is running
    private boolean isInterrupted; // guarded by this

    /** Whether it is decided how this ends: by the call or from outside. */
    private final AtomicBoolean isDecided = new AtomicBoolean();

    RunningCall(Supplier<T> call, Captured context) {
      this.task = new FutureTask<>(() -> CallerContext.within(context, () -> finish(call)));
      whenComplete((result, failure) -> endFromOutside()); // in whatever way it was completed
    }

    void run() {
      task.run();
      if (task.isCancelled()) {
        Thread.interrupted(); // it was meant for the call, not for what the thread does next
      }
    }

    /** What hangs on it runs here as well, and has the context too. */
    private Void finish(Supplier<T> call) {
      T result = null;
      Throwable failure = null;
      try {
        begins();
        result = call.get();
      } catch (Throwable e) {
        failure = e;
      } finally {
        ends();
      }
      if (isDecided.compareAndSet(false, true)) {
        if (failure == null) {
          super.complete(result);
        } else {
          super.completeExceptionally(failure);
        }
      }
      return null;
    }

    private synchronized void begins() {
      caller = Thread.currentThread();
    }

    private synchronized void ends() {
      caller = null;
      if (isInterrupted) {
        Thread.interrupted(); // it was meant for the call, not for what hangs on it
      }
    }

    synchronized void interrupt() {
      if (caller != null) {
        isInterrupted = true;
        caller.interrupt();
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
