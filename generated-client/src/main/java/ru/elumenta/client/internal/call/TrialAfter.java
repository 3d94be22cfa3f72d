package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.pacing.Pacing;

/**
 * How long nothing at all is sent because the service named a wait. One request that is refused
 * costs nothing, and a wait of a year may be a slip; so after some minutes one is let through, and
 * what it is answered with decides for the others.
 */
public final class TrialAfter {
  /** From a refusal, or a trial that was refused, to the next trial. */
  static final Duration LONGEST = Pacing.TRIAL_AFTER;

  private TrialAfter() {}

  /** Returns how long to wait of a wait that the service named. */
  public static Duration of(Duration told) {
    return told.compareTo(LONGEST) > 0 ? LONGEST : told;
  }
}
