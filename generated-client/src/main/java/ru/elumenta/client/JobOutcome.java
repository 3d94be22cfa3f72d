package ru.elumenta.client;

import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.model.Generation;

/**
 * How one of several jobs ended: with a generation or with a failure.
 *
 * @param job the job
 * @param generation the completed generation
 * @param failure what {@link GenerationJob#await()} would have thrown
 */
public record JobOutcome(
    GenerationJob job, Optional<Generation> generation, Optional<RuntimeException> failure) {
  /** Creates an outcome. */
  public JobOutcome {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(failure, "failure");
  }

  /**
   * Returns the completed generation.
   *
   * @throws RuntimeException the failure, if there is none
   */
  public Generation orElseThrow() {
    return generation.orElseThrow(failure::orElseThrow);
  }
}
