package ru.elumenta.client.pacing;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.check.Require;
import ru.elumenta.error.RateLimits;

/**
 * What became of a request that had its turn.
 *
 * @param state how far it got
 * @param limits what the answer said of the account's limits
 * @param clockAhead how far the service's clock is ahead of this machine's, as far as the answer
 *     tells; negative if it is behind. Exact to a second, and zero if there are no limits
 * @param refusedFor for how long the service will refuse further requests, if it refused this one
 */
public record TurnEnd(
    State state, Optional<RateLimits> limits, Duration clockAhead, Optional<Duration> refusedFor) {
  /** How far a request got. */
  public enum State {
    /** It was not sent, or provably did not arrive: the service cannot have counted it. */
    NOT_SENT,
    /** It was sent, and no answer came: the service may have counted it. */
    LOST,
    /** It was answered. */
    ANSWERED
  }

  /** Creates it. */
  public TurnEnd {
    Require.notNull("state", state);
    Require.notNull("limits", limits);
    Require.notNull("clockAhead", clockAhead);
    Require.notNull("refusedFor", refusedFor);
    Require.that(
        state == State.ANSWERED || (limits.isEmpty() && refusedFor.isEmpty()),
        "Only an answer says something.");
  }

  /** A request that was not sent, or provably did not arrive. */
  public static TurnEnd notSent() {
    return new TurnEnd(State.NOT_SENT, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** A request that was sent and not answered. */
  public static TurnEnd lost() {
    return new TurnEnd(State.LOST, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** A request that was answered. */
  public static TurnEnd answered(
      Optional<RateLimits> limits, Duration clockAhead, Optional<Duration> refusedFor) {
    return new TurnEnd(State.ANSWERED, limits, clockAhead, refusedFor);
  }
}
