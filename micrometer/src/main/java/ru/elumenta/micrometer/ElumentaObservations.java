package ru.elumenta.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;
import ru.elumenta.micrometer.ElumentaKeys.HighCardinality;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * All observations, with the attributes that their conventions give them by default. Each is a span
 * for a tracer and a timer for a meter registry, named {@link #getName()}.
 */
public enum ElumentaObservations implements ObservationDocumentation {
  /** One operation of the contract with all its attempts, waits and look-ups. */
  CALL(
      "elumenta.call",
      CallObservationConvention.class,
      keys(
          LowCardinality.CLIENT,
          LowCardinality.OPERATION,
          LowCardinality.MODEL,
          LowCardinality.OUTCOME,
          LowCardinality.EXECUTION,
          LowCardinality.ATTEMPTS,
          LowCardinality.ERROR_TYPE),
      keys(
          HighCardinality.GEN_AI_OPERATION,
          HighCardinality.GEN_AI_PROVIDER,
          HighCardinality.GEN_AI_MODEL,
          HighCardinality.GENERATION,
          HighCardinality.WAITED)),

  /** One request of a call and its answer; a child of the call. */
  ATTEMPT(
      "http.client.request.duration",
      AttemptObservationConvention.class,
      keys(
          LowCardinality.CLIENT,
          LowCardinality.OPERATION,
          LowCardinality.HTTP_METHOD,
          LowCardinality.URL_TEMPLATE,
          LowCardinality.HTTP_STATUS,
          LowCardinality.SERVER_ADDRESS,
          LowCardinality.SERVER_PORT,
          LowCardinality.ERROR_TYPE),
      keys(HighCardinality.RESEND_COUNT, HighCardinality.REQUEST_ID)),

  /** The search of the history for a paid call whose answer was lost; a child of the call. */
  LOOK_UP(
      "elumenta.lookup",
      LookUpObservationConvention.class,
      keys(
          LowCardinality.CLIENT,
          LowCardinality.OPERATION,
          LowCardinality.MODEL,
          LowCardinality.FINDING),
      keys()),

  /** One wait for a generation, from its first poll to its end; its polls are calls below it. */
  JOB(
      "elumenta.job",
      JobObservationConvention.class,
      keys(
          LowCardinality.CLIENT,
          LowCardinality.MODEL,
          LowCardinality.OUTCOME,
          LowCardinality.ERROR_TYPE),
      keys(HighCardinality.GEN_AI_MODEL, HighCardinality.GENERATION, HighCardinality.POLLS)),

  /** One stream, from its request, a call below it, until it is read, fails or is closed. */
  STREAM(
      "elumenta.stream",
      StreamObservationConvention.class,
      keys(
          LowCardinality.CLIENT,
          LowCardinality.MODEL,
          LowCardinality.OUTCOME,
          LowCardinality.ERROR_TYPE),
      keys(
          HighCardinality.GEN_AI_OPERATION,
          HighCardinality.GEN_AI_PROVIDER,
          HighCardinality.GEN_AI_MODEL,
          HighCardinality.GENERATION,
          HighCardinality.EVENTS,
          HighCardinality.TOKENS)),

  /** One download of a file, with all its requests. */
  DOWNLOAD(
      "elumenta.download",
      DownloadObservationConvention.class,
      keys(LowCardinality.CLIENT, LowCardinality.OUTCOME, LowCardinality.ERROR_TYPE),
      keys(HighCardinality.FILE_HOST, HighCardinality.BYTES, HighCardinality.REQUESTS));

  private final String name;
  private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;
  private final KeyName[] low;
  private final KeyName[] high;

  ElumentaObservations(
      String name,
      Class<? extends ObservationConvention<? extends Observation.Context>> convention,
      KeyName[] low,
      KeyName[] high) {
    this.name = name;
    this.convention = convention;
    this.low = low;
    this.high = high;
  }

  private static KeyName[] keys(KeyName... keys) {
    return keys;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Class<? extends ObservationConvention<? extends Observation.Context>>
      getDefaultConvention() {
    return convention;
  }

  @Override
  public KeyName[] getLowCardinalityKeyNames() {
    return low.clone();
  }

  @Override
  public KeyName[] getHighCardinalityKeyNames() {
    return high.clone();
  }
}
