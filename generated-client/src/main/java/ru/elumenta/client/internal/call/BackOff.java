package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.options.RetryOptions;

/** How long to wait before a further attempt, if nobody asks for longer. */
public final class BackOff {
  private BackOff() {}

  /**
   * Returns the wait, doubled with each attempt, capped, and lengthened at random.
   *
   * @param attempt how many attempts there were, 1 or more
   * @param random from 0 to 1
   */
  public static Duration after(int attempt, RetryOptions options, double random) {
    Duration backOff = options.firstBackOff();
    for (int i = 1; i < attempt && backOff.compareTo(options.maxBackOff()) < 0; i++) {
      backOff = backOff.multipliedBy(2);
    }
    Duration capped = backOff.compareTo(options.maxBackOff()) > 0 ? options.maxBackOff() : backOff;
    return capped.plusNanos((long) (capped.toNanos() * options.jitter() * random));
  }
}
