package ru.elumenta.client.pacing;

import java.time.Duration;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.event.HeldBack;

/**
 * What holds a request back.
 *
 * @param reason what it waits for
 * @param heldFor how long, by what is known now; a call that ends earlier fails at once
 * @param askAgainIn when to ask again; more than zero, and no longer than {@code heldFor}
 * @param limit how many requests there may be at once, if it waits for one of them to end; else 0
 */
public record Held(HeldBack.Reason reason, Duration heldFor, Duration askAgainIn, int limit) {
  /** What is known may change while a request is held back, so it asks again this often. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  /** Creates it. */
  public Held {
    Require.notNull("reason", reason);
    Require.positive("askAgainIn", askAgainIn);
    Require.that(
        Require.notNull("heldFor", heldFor).compareTo(askAgainIn) >= 0,
        "askAgainIn must be no longer than heldFor.");
    Require.that(
        (reason == HeldBack.Reason.CALLS_AT_ONCE) == (limit > 0),
        "There is a limit if it waits for other requests to end, and then alone.");
  }

  /** Held back until the account has requests left; asks again every 5 seconds. */
  public static Held untilTheWindowEnds(Duration heldFor) {
    Duration sleep = heldFor.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : heldFor;
    return new Held(HeldBack.Reason.PACING, heldFor, sleep, 0);
  }

  /**
   * Held back until one of the requests under way ends, nobody knows when.
   *
   * @param limit how many there may be at once, 1 or more
   */
  public static Held untilAnotherEnds(int limit, Duration askAgainIn) {
    return new Held(HeldBack.Reason.CALLS_AT_ONCE, askAgainIn, askAgainIn, limit);
  }
}
