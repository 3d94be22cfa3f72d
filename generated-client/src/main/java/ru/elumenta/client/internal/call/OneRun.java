package ru.elumenta.client.internal.call;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A call that is made once, however often it is asked for. The policies of an application may run
 * what they are given twice, one after the other or at once, and each would be paid for. Whoever
 * asks again gets what the first got: an exception that nothing was sent would be passed on in
 * place of what was. Thread-safe.
 */
final class OneRun implements AutoCloseable {
  private final AtomicBoolean hasBegun = new AtomicBoolean();
  private final FutureTask<Object> task;

  OneRun(Supplier<Object> call) {
    this.task = new FutureTask<>(call::get);
  }

  /**
   * Makes the call, or waits for whoever makes it.
   *
   * @throws InterruptedException if this thread only waited
   * @throws IllegalStateException if its caller has gone before it was made
   */
  Object get() throws InterruptedException {
    if (hasBegun.compareAndSet(false, true)) {
      task.run();
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // a supplier throws nothing else
    } catch (CancellationException e) {
      throw new IllegalStateException(
          "A policy made a call whose caller has gone already. Nothing was sent.", e);
    }
  }

  /** Returns whether something may have been sent. */
  boolean hasBegun() {
    return hasBegun.get();
  }

  /** From now on nobody can begin it. */
  @Override
  public void close() {
    if (hasBegun.compareAndSet(false, true)) {
      task.cancel(false);
    }
  }
}
