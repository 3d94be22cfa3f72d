package ru.elumenta.benchmarks;

/** Nothing is measured that did not work. */
final class Require {
  private Require() {}

  static void answer(String text) {
    if (text == null || text.length() < 1) {
      throw new IllegalStateException("no answer");
    }
  }

  static void that(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("not as it should be");
    }
  }
}
