package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;

/** One call, with all its attempts, waits and look-ups. */
public final class CallObservationContext extends Observation.Context {
  private final String client;
  private final CallInfo call;
  private final ModelNames names;
  private volatile @Nullable CallEnd end;
  private volatile Duration waited = Duration.ZERO; // written by the thread of the call

  CallObservationContext(String client, CallInfo call, ModelNames names) {
    this.client = client;
    this.call = call;
    this.names = names;
  }

  /** Returns the name of the client. */
  public String client() {
    return client;
  }

  /** Returns what is observed. */
  public CallInfo call() {
    return call;
  }

  /** Returns the model as metrics show it, which is one of few names. */
  public String modelName() {
    return names.of(call.model());
  }

  /** Returns how it ended; empty until then. */
  public Optional<CallEnd> end() {
    return Optional.ofNullable(end);
  }

  void ended(CallEnd how) {
    end = how;
  }

  /** Returns how long it has waited, by a rule of the client or until it was sent again. */
  public Duration waited() {
    return waited;
  }

  void waits(Duration more) {
    waited = waited.plus(more);
  }
}
