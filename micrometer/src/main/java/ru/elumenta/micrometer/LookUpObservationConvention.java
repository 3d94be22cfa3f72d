package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How a look-up is named and described. Extend it for other names or further attributes, and hand
 * it to {@link ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class LookUpObservationConvention
    implements ObservationConvention<LookUpObservationContext> {
  /** Creates it. */
  public LookUpObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof LookUpObservationContext;
  }

  @Override
  public String getName() {
    return "elumenta.lookup";
  }

  @Override
  public String getContextualName(LookUpObservationContext context) {
    return "lookup";
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(LookUpObservationContext context) {
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.OPERATION.withValue(context.call().operation()),
        LowCardinality.MODEL.withValue(context.modelName()),
        LowCardinality.FINDING.withValue(
            context.end().map(end -> ErrorType.word(end.finding())).orElse(ModelNames.NONE)));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(LookUpObservationContext context) {
    return KeyValues.empty();
  }
}
