package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How a call is named and described. Extend it for other names or further attributes, and hand it
 * to {@link ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class CallObservationConvention implements ObservationConvention<CallObservationContext> {
  private static final int MOST = 3; // attempts, by default

  /** Creates it. */
  public CallObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof CallObservationContext;
  }

  @Override
  public String getName() {
    return "elumenta.call";
  }

  @Override
  public String getContextualName(CallObservationContext context) {
    String operation = context.call().operation();
    return GenAi.operation(operation)
        .map(known -> GenAi.span(known, context.modelName()))
        .orElse(operation);
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
    Optional<CallEnd> end = context.end();
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.OPERATION.withValue(context.call().operation()),
        LowCardinality.MODEL.withValue(context.modelName()),
        LowCardinality.OUTCOME.withValue(
            end.map(how -> ErrorType.word(how.outcome())).orElse(ModelNames.NONE)),
        LowCardinality.EXECUTION.withValue(
            end.flatMap(CallEnd::execution).map(ErrorType::word).orElse(ModelNames.NONE)),
        LowCardinality.ATTEMPTS.withValue(
            end.map(how -> attempts(how.attempts())).orElse(ModelNames.NONE)),
        LowCardinality.ERROR_TYPE.withValue(end.map(ErrorType::of).orElse(ModelNames.NONE)));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(CallObservationContext context) {
    KeyValues values =
        GenAi.operation(context.call().operation())
            .map(operation -> GenAi.of(operation, context.call().model()))
            .orElseGet(() -> GenAi.of(context.call().model()));
    if (!context.waited().isZero()) {
      values = values.and(HighCardinality.WAITED.withValue("" + context.waited().toMillis()));
    }
    KeyValues known = values;
    return context
        .end()
        .flatMap(CallEnd::generation)
        .map(id -> known.and(HighCardinality.GENERATION.withValue(id.toString())))
        .orElse(known);
  }

  private static String attempts(int number) {
    return number > MOST ? "more" : String.valueOf(number);
  }
}
