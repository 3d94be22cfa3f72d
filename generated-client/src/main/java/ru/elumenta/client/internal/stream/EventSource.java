package ru.elumenta.client.internal.stream;

import java.time.Duration;

/**
 * An open stream, for those who publish it. Used by one thread at a time, but for {@link #close()}.
 */
public interface EventSource<T> extends AutoCloseable {
  /**
   * Waits for the next event.
   *
   * @return null at the end
   * @throws RuntimeException what ends the stream too early; the same each time
   */
  T next();

  /** Returns whether the end was reached, without waiting for it. */
  boolean isAtEnd();

  /** Returns how long the stream may still last; not positive if it may not. */
  Duration left();

  /** Has it fail because it lasted too long, unless it has ended. */
  void endAtLimit();

  /** Has it fail because its client is closed, unless it has ended. */
  void endByClosing();

  /** Ends it at once; whoever waits for an event is told. */
  @Override
  void close();
}
