package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.LookUpEnd;

/** One look-up of a paid call whose answer was lost. */
public final class LookUpObservationContext extends Observation.Context {
  private final String client;
  private final CallInfo call;
  private final ModelNames names;
  private volatile @Nullable LookUpEnd end;

  LookUpObservationContext(String client, CallInfo call, ModelNames names) {
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
  public Optional<LookUpEnd> end() {
    return Optional.ofNullable(end);
  }

  void ended(LookUpEnd how) {
    end = how;
  }
}
