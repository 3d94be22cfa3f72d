package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a wait for a generation ended.
 *
 * @param took from its beginning to its end
 * @param polls how often the service was asked, each with its retries
 * @param outcome what came of it
 * @param failure what its caller gets if there is no result
 */
public record JobEnd(Duration took, int polls, Outcome outcome, Optional<Throwable> failure) {
  /** What came of a wait. */
  public enum Outcome {
    /** The generation completed. */
    COMPLETED,
    /** The generation failed. */
    GENERATION_FAILED,
    /** It is unfinished at the limit of the wait, and goes on running. */
    STILL_RUNNING,
    /** The wait was cancelled or interrupted, or its client closed; the generation goes on. */
    CANCELLED,
    /** It could not be asked for. */
    FAILED
  }

  /** Creates the report. */
  public JobEnd {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(failure, "failure");
  }
}
