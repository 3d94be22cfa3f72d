package ru.elumenta.client.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One way to read a generation or a row of the history, whichever of the two documented response
 * dialects it came in.
 *
 * <p>Pages of the documentation disagree about the names of the same members: {@code result_text}
 * and {@code content}, {@code result_url}, {@code url} and {@code output_url}, {@code model_slug}
 * and {@code model}, {@code tokens_spent} and {@code tokens_used}. The generated class has a getter
 * for each of them; the methods here give the first that says something: a blank one hides nothing.
 *
 * <p>{@link #text()} and {@link #fileUrl()} also read a result that came in another shape, for
 * example as content parts.
 */
public interface GenerationView {
  /** Returns the generated or transcribed text, if there is one. */
  default Optional<String> text() {
    return first(getResultText(), getContent())
        .or(() -> ResultShapes.text(getAdditionalProperties(), "result_text", "content"));
  }

  /** Returns the address of the result file, if there is one. */
  default Optional<String> fileUrl() {
    return first(getResultUrl(), getUrl(), getOutputUrl())
        .or(
            () ->
                ResultShapes.address(getAdditionalProperties(), "result_url", "url", "output_url"));
  }

  /**
   * Returns the id. The documentation of webhooks calls it {@code generation_id}; that, {@code
   * task_id} and {@code job_id} are read if there is no {@code id}.
   */
  default Optional<GenerationId> identity() {
    return Optional.ofNullable(getId())
        .or(
            () ->
                Stream.of("generation_id", "task_id", "job_id")
                    .map(name -> GenerationId.fromWire(getAdditionalProperties().get(name)))
                    .filter(Objects::nonNull)
                    .findFirst());
  }

  /**
   * Returns whether it is over, one way or the other: by a known status; with a status that is not
   * known, if there is a result or a time at which it ended; with none, if there is a result.
   */
  default boolean isFinished() {
    GenerationStatus status = getStatus();
    return status != null && status.isKnown()
        ? status.isFinished()
        : hasResult() || status != null && ResultShapes.hasEnded(this);
  }

  /**
   * Returns whether it is over without a result: it failed, or it ended with a status that is not
   * known and has nothing to show.
   */
  default boolean isFailed() {
    GenerationStatus status = getStatus();
    return status != null && status.isKnown()
        ? GenerationStatus.FAILED.equals(status)
        : isFinished() && !hasResult();
  }

  private boolean hasResult() {
    return text().isPresent() || fileUrl().isPresent();
  }

  /** Returns the slug of the model that ran, if the service named it. */
  default Optional<String> modelName() {
    return first(getModelSlug(), getModel());
  }

  /** Returns the tokens charged, if the service said; 0 while pending and for a failure. */
  default OptionalLong tokensCharged() {
    Long tokens = getTokensSpent() != null ? getTokensSpent() : getTokensUsed();
    return tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens);
  }

  private static Optional<String> first(String... candidates) {
    for (String each : candidates) {
      if (each != null && !each.isBlank()) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Returns the member {@code id}. */
  default GenerationId getId() {
    return null;
  }

  /** Returns the member {@code status}. */
  default GenerationStatus getStatus() {
    return null;
  }

  /** Returns the member {@code completed_at}, which a row of the history does not have. */
  default Instant getCompletedAt() {
    return null;
  }

  /** Returns what is unknown to the contract, and what came in another shape. */
  default Map<String, Object> getAdditionalProperties() {
    return Map.of();
  }

  /** Returns the answer that it was read from, as it came; empty if it was read from none. */
  default Optional<String> receivedBody() {
    return Optional.empty();
  }

  /** Returns the member {@code result_text}. */
  String getResultText();

  /** Returns the member {@code content}, which a row of the history does not have. */
  default String getContent() {
    return null;
  }

  /** Returns the member {@code result_url}. */
  String getResultUrl();

  /** Returns the member {@code url}. */
  String getUrl();

  /** Returns the member {@code output_url}, which a row of the history does not have. */
  default String getOutputUrl() {
    return null;
  }

  /** Returns the member {@code model_slug}. */
  String getModelSlug();

  /** Returns the member {@code model}. */
  String getModel();

  /** Returns the member {@code tokens_spent}. */
  Long getTokensSpent();

  /** Returns the member {@code tokens_used}. */
  Long getTokensUsed();
}
