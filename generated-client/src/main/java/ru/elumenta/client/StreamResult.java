package ru.elumenta.client;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;

/**
 * What a stream brought, once it has ended. Two are equal if all but the body is; what is shown has
 * no body either. Immutable and thread-safe.
 */
public final class StreamResult {
  private final Optional<GenerationId> id;
  private final Optional<String> model;
  private final String text;
  private final OptionalLong tokensCharged;
  private final OptionalLong balanceRemaining;
  private final Supplier<Optional<String>> receivedBody;

  /**
   * Creates a result without a body.
   *
   * @param id see {@link #id}
   * @param model see {@link #model}
   * @param text see {@link #text}
   * @param tokensCharged see {@link #tokensCharged}
   * @param balanceRemaining see {@link #balanceRemaining}
   */
  public StreamResult(
      Optional<GenerationId> id,
      Optional<String> model,
      String text,
      OptionalLong tokensCharged,
      OptionalLong balanceRemaining) {
    this(id, model, text, tokensCharged, balanceRemaining, Optional::empty);
  }

  /**
   * Creates a result with a body.
   *
   * @param id see {@link #id}
   * @param model see {@link #model}
   * @param text see {@link #text}
   * @param tokensCharged see {@link #tokensCharged}
   * @param balanceRemaining see {@link #balanceRemaining}
   * @param receivedBody see {@link #receivedBody}
   */
  public StreamResult(
      Optional<GenerationId> id,
      Optional<String> model,
      String text,
      OptionalLong tokensCharged,
      OptionalLong balanceRemaining,
      Optional<String> receivedBody) {
    this(id, model, text, tokensCharged, balanceRemaining, given(receivedBody));
  }

  private static Supplier<Optional<String>> given(Optional<String> receivedBody) {
    Objects.requireNonNull(receivedBody, "receivedBody");
    return () -> receivedBody;
  }

  /** The body is made when somebody looks at it: few do, and it may be long. */
  StreamResult(
      Optional<GenerationId> id,
      Optional<String> model,
      String text,
      OptionalLong tokensCharged,
      OptionalLong balanceRemaining,
      Supplier<Optional<String>> receivedBody) {
    this.id = Objects.requireNonNull(id, "id");
    this.model = Objects.requireNonNull(model, "model");
    this.text = Objects.requireNonNull(text, "text");
    this.tokensCharged = Objects.requireNonNull(tokensCharged, "tokensCharged");
    this.balanceRemaining = Objects.requireNonNull(balanceRemaining, "balanceRemaining");
    this.receivedBody = Objects.requireNonNull(receivedBody, "receivedBody");
  }

  /** Returns the generation, if the service named it. */
  public Optional<GenerationId> id() {
    return id;
  }

  /** Returns the slug of the model, if the service named it. */
  public Optional<String> model() {
    return model;
  }

  /** Returns the whole text. */
  public String text() {
    return text;
  }

  /** Returns what it cost, in Elumenta tokens, if the service said. */
  public OptionalLong tokensCharged() {
    return tokensCharged;
  }

  /** Returns the balance after it, if the service said; the first dialect does not. */
  public OptionalLong balanceRemaining() {
    return balanceRemaining;
  }

  /**
   * Returns the body as it came, unpacked, up to a mebibyte, credentials of the request taken out
   * of it; empty if {@link ru.elumenta.client.options.StreamOptions#keepsText} is off. Made anew
   * each time.
   */
  public Optional<String> receivedBody() {
    return receivedBody.get();
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
