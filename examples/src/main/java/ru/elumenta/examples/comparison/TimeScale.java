package ru.elumenta.examples.comparison;

import java.time.Duration;

/** By how much seconds are shortened, so that the run is quick. */
final class TimeScale {
  /** The time-outs of all clients, and the waits of the documentation's loop, are divided by it. */
  static final int DIVISOR = 60;

  /** The 60 s of the documentation's loop, of Feign's default and of this client's. */
  static final Duration TIME_OUT = shortened(60);

  private TimeScale() {}

  static Duration shortened(long seconds) {
    return Duration.ofSeconds(seconds).dividedBy(DIVISOR);
  }
}
