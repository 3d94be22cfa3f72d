package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How a wait for a generation is named and described. Extend it for other names or further
 * attributes, and hand it to {@link ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class JobObservationConvention implements ObservationConvention<JobObservationContext> {
  /** Creates it. */
  public JobObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof JobObservationContext;
  }

  @Override
  public String getName() {
    return "elumenta.job";
  }

  @Override
  public String getContextualName(JobObservationContext context) {
    return GenAi.span("wait", context.modelName());
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(JobObservationContext context) {
    Optional<JobEnd> end = context.end();
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.MODEL.withValue(context.modelName()),
        LowCardinality.OUTCOME.withValue(
            end.map(how -> ErrorType.word(how.outcome())).orElse(ModelNames.NONE)),
        LowCardinality.ERROR_TYPE.withValue(ErrorType.of(end.flatMap(JobEnd::failure))));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(JobObservationContext context) {
    KeyValues values =
        GenAi.of(context.job().model())
            .and(HighCardinality.GENERATION.withValue(context.job().id().toString()));
    return context
        .end()
        .map(end -> values.and(HighCardinality.POLLS.withValue(String.valueOf(end.polls()))))
        .orElse(values);
  }
}
