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

  /** Returns whether anybody looks at it; the application may have switched it off. */
  boolean isSeen() {
    return observation.getContext() == context;
  }

  /** What nobody looks at would hide what is around it from what is within. */
  void enter() {
    if (isSeen()) {
      scope = observation.openScope();
    }
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
