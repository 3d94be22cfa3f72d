package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.TimeSource;

/** The end of a call, by a clock that only moves forward. */
final class Deadline {
  private final TimeSource time;
  private final long start;
  private final Duration limit;

  private Deadline(TimeSource time, Duration limit) {
    this.time = time;
    this.start = time.nanoTime();
    this.limit = limit;
  }

  static Deadline after(Duration limit, TimeSource time) {
    return new Deadline(time, limit);
  }

  Duration limit() {
    return limit;
  }

  Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  Duration remaining() {
    return limit.minus(elapsed());
  }
}
