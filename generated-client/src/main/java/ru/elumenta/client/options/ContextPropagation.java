package ru.elumenta.client.options;

/**
 * Takes what belongs to the caller's thread, such as a trace, a tenant or the MDC of a log, along
 * to the threads that work for it: those of asynchronous calls, of the polls of a job, of what is
 * hung on a future, and of a publisher. Thread-safe.
 *
 * <p>What it throws is caught, and logged once: the work goes on without the context.
 */
@FunctionalInterface
public interface ContextPropagation {
  /** Returns what the calling thread has. Called when the caller asks for the work. */
  Captured capture();

  /** What a thread had. Restored any number of times, perhaps on several threads at once. */
  @FunctionalInterface
  interface Captured {
    /** Gives it to the calling thread, until the scope is closed on the same thread. */
    Scope restore();
  }

  /** The time in which a thread has the context of another. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {
    /** Gives the thread back what it had before. */
    @Override
    void close();
  }
}
