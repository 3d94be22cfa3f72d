package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/**
 * How a call ended, with all its attempts, waits and look-ups.
 *
 * @param took from the beginning of the call to its end
 * @param attempts how often it was sent; 0 if it was not
 * @param outcome what came of it
 * @param generation what it created, if it created a generation and the service named its id
 * @param failure what its caller gets if it failed: an exception of this client, or one of the
 *     application's own policies or credentials
 */
public record CallEnd(
    Duration took,
    int attempts,
    Outcome outcome,
    Optional<GenerationId> generation,
    Optional<Throwable> failure) {

  /** What came of a call. */
  public enum Outcome {
    /** It was answered. */
    SUCCESS,
    /** Its answer was lost, and found again. */
    RECOVERED,
    /** It was answered, and the answer says that the generation failed. */
    GENERATION_FAILED,
    /** It may have been executed, and nobody knows. */
    OUTCOME_UNKNOWN,
    /** It was interrupted, or its client closed, and nothing was executed. */
    CANCELLED,
    /** It failed in another way. */
    FAILED
  }

  /** Creates the report. */
  public CallEnd {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(failure, "failure");
  }

  /** Returns what a failure means for the work that was asked for. */
  public static Outcome outcomeOf(Throwable failure) {
    if (failure instanceof OutcomeUnknownException) {
      return Outcome.OUTCOME_UNKNOWN;
    }
    return failure instanceof CallInterruptedException ? Outcome.CANCELLED : Outcome.FAILED;
  }

  /** Returns whether the work of a call that failed was done; empty if it did not fail. */
  public Optional<Execution> execution() {
    return failure
        .filter(ElumentaException.class::isInstance)
        .map(thrown -> ((ElumentaException) thrown).execution());
  }
}
