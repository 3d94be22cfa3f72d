package ru.elumenta.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * All meters beside the timers of {@link ElumentaObservations}, with their tags. Tokens are those
 * of Elumenta, which are money; they are never counted as the tokens of a text, for which
 * OpenTelemetry has {@code gen_ai.client.token.usage}.
 */
public enum ElumentaMeters implements MeterDocumentation {
  /** From a request for a generation until this client has seen how that ended. */
  GENERATION_DURATION(
      Type.TIMER,
      "gen_ai.client.operation.duration",
      "seconds",
      "From the request for a generation until its end was seen",
      LowCardinality.CLIENT,
      LowCardinality.GEN_AI_OPERATION,
      LowCardinality.GEN_AI_PROVIDER,
      LowCardinality.GEN_AI_MODEL,
      LowCardinality.ERROR_TYPE),
  /** From the request for a stream to its first event. */
  TIME_TO_FIRST_EVENT(
      Type.TIMER,
      "gen_ai.client.operation.time_to_first_chunk",
      "seconds",
      "From the request for a stream to its first event",
      LowCardinality.CLIENT,
      LowCardinality.GEN_AI_OPERATION,
      LowCardinality.GEN_AI_PROVIDER,
      LowCardinality.GEN_AI_MODEL),
  /** Generations whose end was seen. */
  GENERATIONS(
      Type.COUNTER,
      "elumenta.generations",
      null,
      "Generations whose end was seen",
      LowCardinality.CLIENT,
      LowCardinality.MODEL,
      LowCardinality.OUTCOME,
      LowCardinality.REASON),
  /** Tokens of Elumenta, which are money. */
  CHARGED_TOKENS(
      Type.COUNTER,
      "elumenta.charged.tokens",
      "tokens",
      "Tokens of Elumenta that the service said it has charged",
      LowCardinality.CLIENT,
      LowCardinality.MODEL),
  /** Attempts that were followed by another. */
  RETRIES(
      Type.COUNTER,
      "elumenta.retries",
      null,
      "Attempts that failed and were followed by another",
      LowCardinality.CLIENT,
      LowCardinality.OPERATION,
      LowCardinality.MODEL,
      LowCardinality.ERROR_TYPE),
  /** Calls that were not tried again because the retry budget was used up. */
  RETRY_BUDGET_EMPTY(
      Type.COUNTER,
      "elumenta.retry.budget.empty",
      null,
      "Calls that were not tried again because the retry budget was used up",
      LowCardinality.CLIENT),
  /** Calls that waited before they were sent, by a rule of the client. */
  HELD_BACK(
      Type.COUNTER,
      "elumenta.held.back",
      null,
      "Calls that waited before they were sent, by a rule of the client",
      LowCardinality.CLIENT,
      LowCardinality.REASON),
  /** Paid calls whose answer was lost and found again. */
  RECOVERED(
      Type.COUNTER,
      "elumenta.recovered",
      null,
      "Paid calls whose answer was lost and found again",
      LowCardinality.CLIENT,
      LowCardinality.OPERATION,
      LowCardinality.MODEL),
  /** Calls of which nobody knows whether they were executed and paid for. */
  OPEN_OUTCOMES(
      Type.COUNTER,
      "elumenta.open.outcomes",
      null,
      "Calls of which nobody knows whether they were executed and paid for",
      LowCardinality.CLIENT,
      LowCardinality.OPERATION,
      LowCardinality.MODEL),
  /** Answers that were read and are not as the contract says. */
  DEVIATING_ANSWERS(
      Type.COUNTER,
      "elumenta.deviating.answers",
      null,
      "Answers that were read and are not as the contract says",
      LowCardinality.CLIENT,
      LowCardinality.OPERATION),
  /** Times that the circuit breaker of a model opened. */
  BREAKER_OPENED(
      Type.COUNTER,
      "elumenta.breaker.opened",
      null,
      "Times that the circuit breaker of a model opened",
      LowCardinality.CLIENT,
      LowCardinality.MODEL),
  /** 1 from the opening of a model's circuit breaker until a trial was answered. */
  BREAKER_OPEN(
      Type.GAUGE,
      "elumenta.breaker.open",
      null,
      "1 from the opening of a model's circuit breaker until a trial was answered",
      LowCardinality.CLIENT,
      LowCardinality.MODEL),
  /** Requests that the account has left, as the last answer said. */
  REQUESTS_LEFT(
      Type.GAUGE,
      "elumenta.requests.left",
      null,
      "Requests that the account has left, as the last answer said",
      LowCardinality.CLIENT,
      LowCardinality.WINDOW),
  /** Requests that the plan of the account allows. */
  REQUESTS_ALLOWED(
      Type.GAUGE,
      "elumenta.requests.allowed",
      null,
      "Requests that the plan of the account allows; 0 for any number",
      LowCardinality.CLIENT,
      LowCardinality.WINDOW),
  /** Generations that are waited for. */
  WAITING_JOBS(
      Type.GAUGE,
      "elumenta.waiting.jobs",
      null,
      "Generations that are waited for",
      LowCardinality.CLIENT),
  /** Streams that have begun and not ended. */
  OPEN_STREAMS(
      Type.GAUGE,
      "elumenta.open.streams",
      null,
      "Streams that have begun and not ended",
      LowCardinality.CLIENT),
  /** What downloads of files have brought. */
  DOWNLOADED_BYTES(
      Type.COUNTER,
      "elumenta.downloaded.bytes",
      "bytes",
      "Bytes of files that were downloaded",
      LowCardinality.CLIENT);

  private final Type type;
  private final String name;
  private final @Nullable String unit;
  private final String description;
  private final KeyName[] keys;

  ElumentaMeters(
      Type type, String name, @Nullable String unit, String description, KeyName... keys) {
    this.type = type;
    this.name = name;
    this.unit = unit;
    this.description = description;
    this.keys = keys;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable String getBaseUnit() {
    return unit;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }

  @Override
  public KeyName[] getKeyNames() {
    return keys.clone();
  }

  /** Returns what it measures. */
  public String description() {
    return description;
  }
}
