package ru.elumenta.client.event;

import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.model.GenerationId;

/**
 * One wait for a generation, as a {@link CallListener} is told of it. The same object is handed
 * over with all that is told of one wait.
 *
 * @param id the generation
 * @param model the slug of its model, if it is known
 */
public record JobInfo(GenerationId id, Optional<String> model) {
  /** Creates the description. */
  public JobInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
  }
}
