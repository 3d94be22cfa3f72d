package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.event.LookUpEnd;
import ru.elumenta.error.ElumentaException;

/** Observes calls, their attempts and look-ups, and gives each attempt its headers. Thread-safe. */
final class CallObservations implements CallListener, AttemptHeaders {
  private static final CallObservationConvention CALL = new CallObservationConvention();
  private static final AttemptObservationConvention ATTEMPT = new AttemptObservationConvention();
  private static final LookUpObservationConvention LOOK_UP = new LookUpObservationConvention();

  private final ObservationStart observations;
  private final ModelNames models;
  private final Creations creations;
  private final UnderWay<CallInfo, Observed<CallObservationContext>> calls = new UnderWay<>();

  // A policy may make attempts on another thread, which goes on when the call has been left.
  private final UnderWay<CallInfo, Observed<AttemptObservationContext>> attempts = new UnderWay<>();
  private final UnderWay<CallInfo, Observed<LookUpObservationContext>> lookUps = new UnderWay<>();

  CallObservations(ObservationStart observations, ModelNames models, Creations creations) {
    this.observations = observations;
    this.creations = creations;
    this.models = models;
  }

  @Override
  public void callStarted(CallInfo call) {
    CallObservationContext context =
        new CallObservationContext(observations.client(), call, models);
    Observed<CallObservationContext> observed =
        observations.begin(ElumentaObservations.CALL, context, CALL);
    calls.begin(call, observed);
    observed.enter();
  }

  @Override
  public void callEnded(CallInfo call, CallEnd end) {
    Observed<CallObservationContext> observed = calls.end(call);
    if (observed != null) {
      observed.context().ended(end);
      observed.stop(end.failure());
      if (observed.isSeen()) {
        end.generation().ifPresent(id -> creations.add(id, observed.observation()));
      }
    }
  }

  private @Nullable Observation parent(CallInfo call) {
    Observed<CallObservationContext> observed = calls.of(call);
    return observed != null && observed.isSeen() ? observed.observation() : null;
  }

  @Override
  public void attemptStarted(CallInfo call, int number) {
    AttemptObservationContext context =
        new AttemptObservationContext(observations.client(), call, number);
    Observed<AttemptObservationContext> observed =
        observations.begin(ElumentaObservations.ATTEMPT, context, ATTEMPT, parent(call));
    attempts.begin(call, observed);
    observed.enter();
  }

  /** What the tracer has put into the carrier of the attempt as it began. */
  @Override
  public Map<String, String> of(CallInfo call, int number) {
    Observed<AttemptObservationContext> observed = attempts.of(call);
    Map<String, String> headers = observed == null ? null : observed.context().getCarrier();
    return headers == null ? Map.of() : headers;
  }

  @Override
  public void attemptEnded(CallInfo call, AttemptReport report) {
    Observed<AttemptObservationContext> observed = attempts.end(call);
    if (observed != null) {
      observed.context().setResponse(report);
      observed.stop(report.failure().map(Throwable.class::cast));
    }
  }

  @Override
  public void heldBack(CallInfo call, HeldBack wait) {
    if (wait.reason() == HeldBack.Reason.PACING) { // how long for calls at once nobody knows
      waits(call, wait.atMost());
    }
  }

  @Override
  public void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {
    waits(call, wait);
  }

  private void waits(CallInfo call, Duration wait) {
    Observed<CallObservationContext> observed = calls.of(call);
    if (observed != null) {
      observed.context().waits(wait);
    }
  }

  @Override
  public void lookUpStarted(CallInfo call, ElumentaException lost) {
    LookUpObservationContext context =
        new LookUpObservationContext(observations.client(), call, models);
    Observed<LookUpObservationContext> observed =
        observations.begin(ElumentaObservations.LOOK_UP, context, LOOK_UP, parent(call));
    lookUps.begin(call, observed);
    observed.enter();
  }

  @Override
  public void lookUpEnded(CallInfo call, LookUpEnd end) {
    Observed<LookUpObservationContext> observed = lookUps.end(call);
    if (observed != null) {
      observed.context().ended(end);
      observed.stop(Optional.empty());
    }
  }

  int underWay() {
    return calls.size() + attempts.size() + lookUps.size();
  }
}
