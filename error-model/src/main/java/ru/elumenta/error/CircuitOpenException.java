package ru.elumenta.error;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The client did not ask, because the model has been unavailable again and again: its circuit
 * breaker is open. Only with a client that has circuit breakers. {@link #retryAfter()} is the time
 * until the model is asked again.
 */
public final class CircuitOpenException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String model;

  /**
   * Creates the exception.
   *
   * @param context what is known; {@code retry_after} in its details is the time until the model is
   *     asked again
   * @param model the slug of the model
   */
  public CircuitOpenException(ErrorContext context, String model) {
    super(context, null);
    this.model = Objects.requireNonNull(model, "model");
  }

  /** Returns the slug of the model. */
  public String model() {
    return model;
  }

  /** Returns the moment, by the local clock, from which the model is asked again. */
  public Optional<Instant> retryAt() {
    return retryAfter().map(context().occurredAt()::plus);
  }

  @Override
  protected String happened() {
    return call() + " was not sent: the circuit breaker of " + printable(model) + " is open";
  }

  @Override
  protected String advice() {
    String later =
        retryAfter()
            .map(
                wait ->
                    "Call again in %s, at %s".formatted(Sentences.seconds(wait), retryAt().get()))
            .orElse("Call again later");
    return later + ", or use another model.";
  }
}
