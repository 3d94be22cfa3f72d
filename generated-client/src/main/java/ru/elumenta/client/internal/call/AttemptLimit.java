package ru.elumenta.client.internal.call;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param time the time that it has, which is what is left of the call if that is less
 * @param named the limit that was set and has run out if it takes longer
 */
record AttemptLimit(Duration time, Duration named) {
  static AttemptLimit of(Deadline call, Duration attemptTimeout) {
    Duration left = call.remaining();
    return left.compareTo(attemptTimeout) < 0
        ? new AttemptLimit(left, call.limit())
        : new AttemptLimit(attemptTimeout, attemptTimeout);
  }

  boolean isOver() {
    return time.isNegative() || time.isZero();
  }
}
