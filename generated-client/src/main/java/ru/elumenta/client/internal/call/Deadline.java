package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.options.TimeSource;

/** The end of a call, by a clock that only moves forward. */
public final class Deadline {
  private final TimeSource time;
  private final long start;
  private final Duration limit;

  private Deadline(TimeSource time, long start, Duration limit) {
    this.time = time;
    this.start = start;
    this.limit = limit;
  }

  /** Starts to count. */
  public static Deadline after(Duration limit, TimeSource time) {
    return new Deadline(time, time.nanoTime(), limit);
  }

  /** Returns another that has begun with this one. */
  public Deadline lasting(Duration other) {
    return new Deadline(time, start, other);
  }

  /** Returns this one, or that in so much time from now, whichever is the earlier. */
  public Deadline within(Duration left) {
    return orEarlier(after(left, time));
  }

  /** Returns the earlier one of two. */
  public Deadline orEarlier(Deadline other) {
    return other.remaining().compareTo(remaining()) < 0 ? other : this;
  }

  /** Returns one that is later, because so much time does not count; its limit is the same. */
  public Deadline putOff(Duration uncounted) {
    return new Deadline(time, start + uncounted.toNanos(), limit);
  }

  /** Returns the time there was in all, as it was set. */
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
