package ru.elumenta.client;

import java.util.List;
import java.util.Objects;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ElumentaException;

/**
 * A completed generation, and which of several models made it.
 *
 * @param model the slug under which the model was asked
 * @param generation what it made
 * @param passedOver why the models before it did not, in their order; empty if the first one did
 */
public record ModelAnswer(String model, Generation generation, List<ElumentaException> passedOver) {
  /** Creates an answer. */
  public ModelAnswer {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(generation, "generation");
    passedOver = List.copyOf(passedOver);
  }
}
