package ru.elumenta.client.event;

import java.util.Objects;
import java.util.Optional;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.FailureReason;

/**
 * The end of a generation, as an answer showed it to this client for the first time.
 *
 * @param id its id, if the service named one
 * @param model the slug of its model as the service named it, else as the request did
 * @param failure why it failed; empty if it completed
 */
public record GenerationEnd(
    Optional<GenerationId> id, Optional<String> model, Optional<FailureReason> failure) {
  /** Creates the report. */
  public GenerationEnd {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(failure, "failure");
  }
}
