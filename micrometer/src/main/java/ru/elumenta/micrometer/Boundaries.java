package ru.elumenta.micrometer;

import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * The boundaries of histograms: those that OpenTelemetry names for its {@code gen_ai} durations,
 * from 40 ms on and as far as the longest wait for a video; and its chunks' for first events.
 */
final class Boundaries {
  private static final Duration[] GENERATION =
      seconds(
          0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84,
          327.68, 655.36, 900, 1800);
  private static final Duration[] FIRST_EVENT =
      seconds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96);
  private static final Duration[] REQUEST =
      seconds(
          0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 180);

  private Boundaries() {}

  private static Duration[] seconds(double... seconds) {
    return DoubleStream.of(seconds)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
        .toArray(Duration[]::new);
  }

  static Duration[] of(ElumentaMeters meter) {
    return meter == ElumentaMeters.TIME_TO_FIRST_EVENT ? FIRST_EVENT.clone() : GENERATION.clone();
  }

  static Duration[] of(ElumentaObservations observation) {
    return observation == ElumentaObservations.ATTEMPT
            || observation == ElumentaObservations.LOOK_UP
        ? REQUEST.clone()
        : GENERATION.clone();
  }
}
