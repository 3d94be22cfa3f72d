package ru.elumenta.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallEnd.Outcome;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.client.event.DownloadInfo;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/** Counts what calls and downloads went through. Thread-safe. */
final class CallMeters implements CallListener {
  private final MeterFactory meters;
  private final ModelNames models;

  CallMeters(MeterFactory meters, ModelNames models) {
    this.meters = meters;
    this.models = models;
  }

  @Override
  public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
    meters
        .counter(
            ElumentaMeters.RETRIES,
            LowCardinality.OPERATION,
            call.operation(),
            LowCardinality.MODEL,
            models.of(call.model()),
            LowCardinality.ERROR_TYPE,
            ErrorType.of(Optional.of(why)))
        .increment();
  }

  @Override
  public void budgetEmpty(CallInfo call) {
    meters.counter(ElumentaMeters.RETRY_BUDGET_EMPTY).increment();
  }

  @Override
  public void heldBack(CallInfo call, HeldBack wait) {
    String reason = ErrorType.word(wait.reason());
    meters.counter(ElumentaMeters.HELD_BACK, LowCardinality.REASON, reason).increment();
  }

  @Override
  public void callEnded(CallInfo call, CallEnd end) {
    if (end.outcome() == Outcome.RECOVERED) {
      count(ElumentaMeters.RECOVERED, call);
    } else if (end.outcome() == Outcome.OUTCOME_UNKNOWN) {
      count(ElumentaMeters.OPEN_OUTCOMES, call);
    }
  }

  private void count(ElumentaMeters meter, CallInfo call) {
    meters
        .counter(
            meter,
            LowCardinality.OPERATION,
            call.operation(),
            LowCardinality.MODEL,
            models.of(call.model()))
        .increment();
  }

  @Override
  public void answerDeviates(CallInfo call, List<AnswerFinding> findings) {
    meters
        .counter(ElumentaMeters.DEVIATING_ANSWERS, LowCardinality.OPERATION, call.operation())
        .increment();
  }

  @Override
  public void downloadEnded(DownloadInfo download, DownloadEnd end) {
    meters.counter(ElumentaMeters.DOWNLOADED_BYTES).increment(end.bytes());
  }
}
