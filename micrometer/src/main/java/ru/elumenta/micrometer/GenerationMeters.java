package ru.elumenta.micrometer;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.Charge;
import ru.elumenta.client.event.GenerationEnd;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * Counts generations and what they cost, and times them from the request to the end as this client
 * saw it, which for a video is minutes and several calls later. Thread-safe.
 */
final class GenerationMeters implements CallListener {
  private static final int MOST_KEPT = 10_000;
  private static final String COMPLETED = "completed";
  private static final String FAILED = "failed";
  private static final String CANCELLED = "cancelled";

  private final MeterFactory meters;
  private final ModelNames models;
  private final Map<GenerationId, Asked> asked = // guarded by itself
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GenerationId, Asked> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** A generation that was asked for, and whose end has not been seen yet. */
  private record Asked(String operation, Optional<String> model, Duration took, long answered) {}

  GenerationMeters(MeterFactory meters, ModelNames models) {
    this.meters = meters;
    this.models = models;
  }

  @Override
  public void callEnded(CallInfo call, CallEnd end) {
    GenAi.operation(call.operation()).ifPresent(operation -> ended(operation, call, end));
  }

  private void ended(String operation, CallInfo call, CallEnd end) {
    if (end.failure().isPresent() || end.generation().isEmpty()) {
      took(operation, call.model(), end.took(), ErrorType.of(end));
      return;
    }
    synchronized (asked) {
      asked.put(
          end.generation().get(),
          new Asked(operation, call.model(), end.took(), meters.nanoTime()));
    }
  }

  @Override
  public void generationEnded(GenerationEnd end) {
    meters
        .counter(
            ElumentaMeters.GENERATIONS,
            LowCardinality.MODEL,
            models.of(end.model()),
            LowCardinality.OUTCOME,
            end.failure().isEmpty() ? COMPLETED : FAILED,
            LowCardinality.REASON,
            reason(end))
        .increment();
    end.id()
        .flatMap(this::asked)
        .ifPresent(
            known ->
                took(
                    known.operation,
                    known.model,
                    known.took.plus(meters.since(known.answered)),
                    reason(end)));
  }

  private static String reason(GenerationEnd end) {
    return end.failure().map(ErrorType::of).orElse(ModelNames.NONE);
  }

  private Optional<Asked> asked(GenerationId id) {
    synchronized (asked) {
      return Optional.ofNullable(asked.remove(id));
    }
  }

  private void took(String operation, Optional<String> model, Duration took, String error) {
    meters.record(
        ElumentaMeters.GENERATION_DURATION,
        operation,
        models.of(model),
        took,
        Tags.of(LowCardinality.ERROR_TYPE.asString(), error));
  }

  @Override
  public void charged(Charge charge) {
    meters
        .counter(ElumentaMeters.CHARGED_TOKENS, LowCardinality.MODEL, models.of(charge.model()))
        .increment(charge.tokens());
  }

  @Override
  public void streamOpened(StreamInfo stream, Duration took) {
    meters.record(
        ElumentaMeters.TIME_TO_FIRST_EVENT,
        GenAi.GENERATE,
        models.of(stream.model()),
        took,
        Tags.empty());
  }

  @Override
  public void streamEnded(StreamInfo stream, StreamEnd end) {
    boolean isClosed = end.outcome() == StreamEnd.Outcome.CANCELLED && end.failure().isEmpty();
    String error = isClosed ? CANCELLED : ErrorType.of(end.failure());
    took(GenAi.GENERATE, stream.model(), end.took(), error);
  }
}
