package ru.elumenta.benchmarks;

/**
 * How much is measured: {@code -Delumenta.benchmarks.percent=5} has a look whether all of it works.
 */
final class Scale {
  private static final long PERCENT = Long.getLong("elumenta.benchmarks.percent", 100);

  private Scale() {}

  static long of(long number) {
    return Math.max(1, number * PERCENT / 100);
  }
}
