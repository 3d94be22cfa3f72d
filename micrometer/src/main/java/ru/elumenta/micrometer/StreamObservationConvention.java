package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How a stream is named and described. Extend it for other names or further attributes, and hand it
 * to {@link ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class StreamObservationConvention
    implements ObservationConvention<StreamObservationContext> {
  /** Creates it. */
  public StreamObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof StreamObservationContext;
  }

  @Override
  public String getName() {
    return "elumenta.stream";
  }

  @Override
  public String getContextualName(StreamObservationContext context) {
    return GenAi.span("stream", context.modelName());
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(StreamObservationContext context) {
    Optional<StreamEnd> end = context.end();
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.MODEL.withValue(context.modelName()),
        LowCardinality.OUTCOME.withValue(
            end.map(how -> ErrorType.word(how.outcome())).orElse(ModelNames.NONE)),
        LowCardinality.ERROR_TYPE.withValue(ErrorType.of(end.flatMap(StreamEnd::failure))));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(StreamObservationContext context) {
    KeyValues values = GenAi.of(GenAi.GENERATE, context.stream().model());
    return context.end().map(end -> values.and(of(end))).orElse(values);
  }

  private static KeyValues of(StreamEnd end) {
    KeyValues values = KeyValues.of(HighCardinality.EVENTS.withValue(String.valueOf(end.events())));
    if (end.tokensCharged().isPresent()) {
      String tokens = String.valueOf(end.tokensCharged().getAsLong());
      values = values.and(HighCardinality.TOKENS.withValue(tokens));
    }
    KeyValues known = values;
    return end.generation()
        .map(id -> known.and(HighCardinality.GENERATION.withValue(id.toString())))
        .orElse(known);
  }
}
