package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;

/**
 * A call waits before it is sent, by a rule of the client.
 *
 * @param reason what it waits for
 * @param atMost how long, by what is known now
 */
public record HeldBack(Reason reason, Duration atMost) {
  /** What a call waits for. */
  public enum Reason {
    /** The account has no requests left in this window. */
    PACING,
    /**
     * As many calls are under way as may be at once, of this client or of all that share its
     * pacing.
     */
    CALLS_AT_ONCE
  }

  /** Creates the report. */
  public HeldBack {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(atMost, "atMost");
  }
}
