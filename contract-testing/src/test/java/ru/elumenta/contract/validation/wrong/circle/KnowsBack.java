package ru.elumenta.contract.validation.wrong.circle;

import ru.elumenta.contract.validation.wrong.KnowsTheSimulator;

/** Two packages that know each other, so that the test sees its rule bite. */
public final class KnowsBack {
  private KnowsBack() {}

  /** Names the other. */
  public static Class<?> other() {
    return KnowsTheSimulator.class;
  }
}
