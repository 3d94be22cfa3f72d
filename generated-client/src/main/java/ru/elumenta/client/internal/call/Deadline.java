package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.options.TimeSource;

/** The end of a call, by a clock that only moves forward. */
public final class Deadline {
  private final TimeSource time;
  private final long start;
  private final Duration limit;

  private Deadline(TimeSource time, Duration limit) {
    this.time = time;
    this.start = time.nanoTime();
    this.limit = limit;
  }

  /** Starts to count. */
  public static Deadline after(Duration limit, TimeSource time) {
    return new Deadline(time, limit);
  }

  /** Returns the time there was in all. */
  public Duration limit() {
    return limit;
  }

  /** Returns the time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  /** Returns whether no time is left. */
  public boolean isOver() {
    return remaining().isNegative() || remaining().isZero();
  }

  /** Returns the time left, negative if it is over. */
  public Duration remaining() {
    return limit.minus(elapsed());
  }
}
