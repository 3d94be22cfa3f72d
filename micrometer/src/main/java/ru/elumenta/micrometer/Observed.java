package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.Observation.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An observation that has begun. It is the current one of a thread from {@link #enter} to {@link
 * #leave}, which come on the same thread.
 */
final class Observed<C extends Context> {
  private final C context;
  private final Observation observation;
  private volatile @Nullable Scope scope;

  Observed(C context, Observation observation) {
    this.context = context;
    this.observation = observation;
  }

  C context() {
    return context;
  }

  Observation observation() {
    return observation;
  }

  Observed<C> enter() {
    scope = observation.openScope();
    return this;
  }

  void leave() {
    Scope open = scope;
    if (open != null) {
      scope = null;
      open.close();
    }
  }

  void stop(Optional<Throwable> failure) {
    try {
      leave();
      failure.ifPresent(observation::error);
    } finally {
      observation.stop();
    }
  }
}
