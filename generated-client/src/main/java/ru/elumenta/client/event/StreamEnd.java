package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.model.GenerationId;

/**
 * How a stream ended.
 *
 * @param took from the request to the end
 * @param events how many events were read
 * @param outcome what came of it
 * @param generation the generation, if the service named it
 * @param tokensCharged what it cost, if the service said
 * @param failure what its reader gets if it failed
 */
public record StreamEnd(
    Duration took,
    long events,
    Outcome outcome,
    Optional<GenerationId> generation,
    OptionalLong tokensCharged,
    Optional<Throwable> failure) {

  /** What came of a stream. */
  public enum Outcome {
    /** It was read to its end. */
    COMPLETED,
    /** The service said that the generation failed. */
    GENERATION_FAILED,
    /** It broke off, fell silent or could not be read. */
    BROKEN,
    /** It was closed or interrupted before its end. */
    CANCELLED,
    /** Nothing of it ever came. */
    NOT_OPENED
  }

  /** Creates the report. */
  public StreamEnd {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(tokensCharged, "tokensCharged");
    Objects.requireNonNull(failure, "failure");
  }
}
