package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimitException;

/** How long to wait before a further attempt: for one's own sake, or longer if the service asks. */
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

  /**
   * Returns how long the service asked to be left alone.
   *
   * @param rateLimitWait what a 429 asks for that names no time
   */
  public static Duration asked(ElumentaException failure, Duration rateLimitWait) {
    return failure
        .retryAfter()
        .orElse(failure instanceof RateLimitException ? rateLimitWait : Duration.ZERO);
  }

  /** Returns the longer of one's own wait and the one that was asked for: never earlier. */
  public static Duration orAsked(Duration own, ElumentaException failure, Duration rateLimitWait) {
    return longer(own, asked(failure, rateLimitWait));
  }

  /** Returns the longer of two waits. */
  public static Duration longer(Duration own, Duration asked) {
    return asked.compareTo(own) > 0 ? asked : own;
  }
}
