package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import java.util.Optional;
import java.util.Set;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;

/**
 * What a generation is in the words of OpenTelemetry. Its words for single kinds, such as chat,
 * would be a guess: the name of a model does not say whether it makes texts or videos.
 */
final class GenAi {
  static final String PROVIDER = "elumenta";
  static final String GENERATE = "generate_content";
  static final String STREAM = "streamGeneration";
  private static final String TRANSCRIBE = "transcribe";
  private static final Set<String> GENERATING = Set.of("createGeneration", STREAM);

  private GenAi() {}

  /** Returns the name of what an operation of the contract does; empty if it makes nothing. */
  static Optional<String> operation(String operation) {
    if (GENERATING.contains(operation)) {
      return Optional.of(GENERATE);
    }
    return operation.equals(TRANSCRIBE) ? Optional.of(TRANSCRIBE) : Optional.empty();
  }

  /** Returns what a trace says of a generation. */
  static KeyValues of(String operation, Optional<String> model) {
    KeyValues known =
        KeyValues.of(
            HighCardinality.GEN_AI_OPERATION.withValue(operation),
            HighCardinality.GEN_AI_PROVIDER.withValue(PROVIDER));
    return model.map(name -> known.and(HighCardinality.GEN_AI_MODEL.withValue(name))).orElse(known);
  }

  /** Returns the name of a span. */
  static String span(String operation, String model) {
    return model.equals(ModelNames.NONE) ? operation : operation + " " + model;
  }
}
