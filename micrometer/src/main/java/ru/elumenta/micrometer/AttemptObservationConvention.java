package ru.elumenta.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * How an attempt is named and described: as OpenTelemetry names requests of HTTP clients. Extend it
 * for other names or further attributes, and hand it to {@link
 * ElumentaTelemetry.Builder#convention}. Thread-safe.
 */
public class AttemptObservationConvention
    implements ObservationConvention<AttemptObservationContext> {
  /** Creates it. */
  public AttemptObservationConvention() {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof AttemptObservationContext;
  }

  @Override
  public String getName() {
    return "http.client.request.duration";
  }

  @Override
  public String getContextualName(AttemptObservationContext context) {
    return context.call().method() + " " + context.call().path();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
    Optional<AttemptReport> report = context.report();
    OptionalInt status = report.map(AttemptReport::status).orElse(OptionalInt.empty());
    URI server = context.call().server();
    return KeyValues.of(
        LowCardinality.CLIENT.withValue(context.client()),
        LowCardinality.OPERATION.withValue(context.call().operation()),
        LowCardinality.HTTP_METHOD.withValue(context.call().method()),
        LowCardinality.URL_TEMPLATE.withValue(context.call().path()),
        LowCardinality.HTTP_STATUS.withValue(
            status.isPresent() ? String.valueOf(status.getAsInt()) : ModelNames.NONE),
        LowCardinality.SERVER_ADDRESS.withValue(server.getHost()),
        LowCardinality.SERVER_PORT.withValue(String.valueOf(port(server))),
        LowCardinality.ERROR_TYPE.withValue(
            ErrorType.of(report.flatMap(AttemptReport::failure).map(Throwable.class::cast))));
  }

  private static int port(URI server) {
    return server.getPort() >= 0 ? server.getPort() : server.getScheme().equals("http") ? 80 : 443;
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
    KeyValues values =
        context.attempt() == 1
            ? KeyValues.empty()
            : KeyValues.of(HighCardinality.RESEND_COUNT.withValue("" + (context.attempt() - 1)));
    return context
        .report()
        .flatMap(AttemptReport::failure)
        .flatMap(failure -> failure.context().requestId())
        .map(id -> values.and(HighCardinality.REQUEST_ID.withValue(id)))
        .orElse(values);
  }
}
