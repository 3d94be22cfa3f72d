package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;

/**
 * How far a generation is, as one poll found it.
 *
 * @param id the generation
 * @param status its status
 * @param elapsed since the wait began
 * @param percent how far it has come, if the service says so
 * @param remaining how long it will probably still take, if the service says so
 */
public record JobProgress(
    GenerationId id,
    GenerationStatus status,
    Duration elapsed,
    OptionalLong percent,
    Optional<Duration> remaining) {
  /** Creates a report. */
  public JobProgress {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(elapsed, "elapsed");
    Objects.requireNonNull(percent, "percent");
    Objects.requireNonNull(remaining, "remaining");
  }
}
