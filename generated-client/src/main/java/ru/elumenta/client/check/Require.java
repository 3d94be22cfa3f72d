package ru.elumenta.client.check;

import java.time.Duration;

/** Checks of settings; each failure is a sentence that names the setting and its legal range. */
public final class Require {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Require() {}

  public static void that(boolean holds, String sentence, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(sentence.formatted(values));
    }
  }

  public static <T> T notNull(String name, T value) {
    that(value != null, "%s must not be null.", name);
    return value;
  }

  public static Duration positive(String name, Duration value) {
    notNegative(name, value);
    that(!value.isZero(), "%s must be longer than zero.", name);
    return value;
  }

  public static Duration notNegative(String name, Duration value) {
    notNull(name, value);
    that(!value.isNegative(), "%s must not be negative, but is %s.", name, value);
    that(value.compareTo(LONGEST) <= 0, "%s must be at most 365 days, but is %s.", name, value);
    return value;
  }
}
