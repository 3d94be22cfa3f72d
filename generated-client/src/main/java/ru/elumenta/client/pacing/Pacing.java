package ru.elumenta.client.pacing;

import java.time.Duration;
import ru.elumenta.client.options.TimeSource;

/**
 * Holds requests of an account back, instead of sending them into a 429.
 *
 * <p>Limits are per account (page: concepts/rate-limits), so whoever shares an account over several
 * clients shares what decides here: an implementation over a shared store, or one object given to
 * several clients of a process. An implementation guarantees:
 *
 * <ul>
 *   <li>a request has its turn until it is told how that {@linkplain PacingTurn#ended ended} or the
 *       turn is closed; what ends without a word, with its process, does not count for ever;
 *   <li>who came first is served first, as far as nobody waits for ever;
 *   <li>nothing is sent earlier than the service has asked for, but for one request now and then,
 *       from {@link #TRIAL_AFTER} on, that shows whether this still holds;
 *   <li>no method blocks longer than it is told to.
 * </ul>
 *
 * <p>Each attempt, poll and look-up of a client takes a turn; requests without credentials do not.
 * Thread-safe.
 */
public interface Pacing {
  /**
   * How long nothing at all is sent because the service named a wait: 5 minutes. A request that is
   * refused costs nothing, and a wait of a year may be a slip; so then one is let through, and what
   * it is answered with decides for the others.
   */
  Duration TRIAL_AFTER = Duration.ofMinutes(5);

  /**
   * Returns what knows of the clients it is given to, and of nobody else: what {@code pacing(true)}
   * of the builder makes for each client. In memory, never blocks. Told the end of a request that
   * it was not asked for, it learns from that all the same; so it can stand by for another.
   *
   * @param time of the clients
   */
  static Pacing inMemory(TimeSource time) {
    return new InMemoryPacing(time);
  }

  /** Takes a place at the end of the queue. Never blocks; closing gives the place up. */
  PacingTurn join();
}
