package ru.elumenta.client.model;

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
 * for each of them; the methods here give the one that was sent.
 */
public interface GenerationView {
  /** Returns the generated or transcribed text, if there is one. */
  default Optional<String> text() {
    return first(getResultText(), getContent());
  }

  /** Returns the address of the result file, if there is one. */
  default Optional<String> fileUrl() {
    return first(getResultUrl(), getUrl(), getOutputUrl());
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
    return Stream.of(candidates).filter(Objects::nonNull).findFirst();
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
