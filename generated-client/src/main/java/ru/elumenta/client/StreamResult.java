package ru.elumenta.client;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.model.GenerationId;

/**
 * What a stream brought, once it has ended.
 *
 * @param id the generation, if the service named it
 * @param model the slug of the model, if the service named it
 * @param text the whole text
 * @param tokensCharged what it cost, in Elumenta tokens, if the service said
 * @param balanceRemaining the balance after it, if the service said; the first dialect does not
 */
public record StreamResult(
    Optional<GenerationId> id,
    Optional<String> model,
    String text,
    OptionalLong tokensCharged,
    OptionalLong balanceRemaining) {
  /** Creates a result. */
  public StreamResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tokensCharged, "tokensCharged");
    Objects.requireNonNull(balanceRemaining, "balanceRemaining");
  }
}
