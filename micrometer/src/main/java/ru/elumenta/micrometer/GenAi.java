package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import java.util.Optional;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;

/**
 * What a generation is in the words of OpenTelemetry. Its words for single kinds, such as chat,
 * would be a guess: the name of a model does not say whether it makes texts or videos.
 */
final class GenAi {
  static final String PROVIDER = "elumenta";
  static final String GENERATE = "generate_content";

  private GenAi() {}

  /**
   * Returns the name of what a call does; empty if it makes nothing, or if it opens a stream, which
   * is the operation then: of two spans of one operation both would be counted.
   */
  static Optional<String> operation(String operation) {
    return switch (operation) {
      case "createGeneration" -> Optional.of(GENERATE);
      case "transcribe" -> Optional.of("transcribe");
      default -> Optional.empty();
    };
  }

  /** Returns what the span of an operation says. */
  static KeyValues of(String operation, Optional<String> model) {
    return KeyValues.of(
            HighCardinality.GEN_AI_OPERATION.withValue(operation),
            HighCardinality.GEN_AI_PROVIDER.withValue(PROVIDER))
        .and(of(model));
  }

  /** Returns what a span says that belongs to an operation. */
  static KeyValues of(Optional<String> model) {
    return model
        .map(name -> KeyValues.of(HighCardinality.GEN_AI_MODEL.withValue(name)))
        .orElse(KeyValues.empty());
  }

  /** Returns the name of a span. */
  static String span(String operation, String model) {
    return model.equals(ModelNames.NONE) ? operation : operation + " " + model;
  }
}
