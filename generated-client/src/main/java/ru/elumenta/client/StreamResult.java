package ru.elumenta.client;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;

/**
 * What a stream brought, once it has ended. Two are equal if all but the body is; what is shown has
 * no body either.
 *
 * @param id the generation, if the service named it
 * @param model the slug of the model, if the service named it
 * @param text the whole text
 * @param tokensCharged what it cost, in Elumenta tokens, if the service said
 * @param balanceRemaining the balance after it, if the service said; the first dialect does not
 * @param receivedBody the body as it came, unpacked, up to a mebibyte, credentials of the request
 *     taken out of it; empty if {@link ru.elumenta.client.options.StreamOptions#keepsText} is off
 */
public record StreamResult(
    Optional<GenerationId> id,
    Optional<String> model,
    String text,
    OptionalLong tokensCharged,
    OptionalLong balanceRemaining,
    Optional<String> receivedBody) {
  /** Creates a result. */
  public StreamResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tokensCharged, "tokensCharged");
    Objects.requireNonNull(balanceRemaining, "balanceRemaining");
    Objects.requireNonNull(receivedBody, "receivedBody");
  }

  /** Creates a result without a body. */
  public StreamResult(
      Optional<GenerationId> id,
      Optional<String> model,
      String text,
      OptionalLong tokensCharged,
      OptionalLong balanceRemaining) {
    this(id, model, text, tokensCharged, balanceRemaining, Optional.empty());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof StreamResult other
        && id.equals(other.id)
        && model.equals(other.model)
        && text.equals(other.text)
        && tokensCharged.equals(other.tokensCharged)
        && balanceRemaining.equals(other.balanceRemaining);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, model, text, tokensCharged, balanceRemaining);
  }

  @Override
  public String toString() {
    return "StreamResult[id=%s, model=%s, text=%s, tokensCharged=%s, balanceRemaining=%s]"
        .formatted(id, model, text, tokensCharged, balanceRemaining);
  }
}
