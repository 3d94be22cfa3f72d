package ru.elumenta.client.event;

import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.model.GenerationId;

/**
 * Tokens of Elumenta, which are money, that the service says it has charged for a generation. Told
 * once for each generation; once more, with the difference, if a later answer names a higher sum.
 *
 * @param id the generation, if the service named it
 * @param model the slug of its model as the service named it, else as the request did
 * @param tokens how many; more than zero
 */
public record Charge(Optional<GenerationId> id, Optional<String> model, long tokens) {
  /** Creates the report. */
  public Charge {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
  }
}
