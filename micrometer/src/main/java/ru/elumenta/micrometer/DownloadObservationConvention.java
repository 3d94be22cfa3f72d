package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How a download is named and described. Extend it for other names or further attributes, and hand
 * it to {@link ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class DownloadObservationConvention
    implements ObservationConvention<DownloadObservationContext> {
  /** Creates it. */
  public DownloadObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof DownloadObservationContext;
  }

  @Override
  public String getName() {
    return "elumenta.download";
  }

  @Override
  public String getContextualName(DownloadObservationContext context) {
    return "download";
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(DownloadObservationContext context) {
    Optional<DownloadEnd> end = context.end();
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.OUTCOME.withValue(
            end.map(how -> how.failure().isEmpty() ? "success" : "failed").orElse(ModelNames.NONE)),
        LowCardinality.ERROR_TYPE.withValue(ErrorType.of(end.flatMap(DownloadEnd::failure))));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(DownloadObservationContext context) {
    KeyValues values = KeyValues.of(HighCardinality.FILE_HOST.withValue(context.download().host()));
    return context
        .end()
        .map(
            end ->
                values.and(
                    HighCardinality.BYTES.withValue(String.valueOf(end.bytes())),
                    HighCardinality.REQUESTS.withValue(String.valueOf(end.requests()))))
        .orElse(values);
  }
}
