package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins observations, by the conventions of the application where it has given any. */
record ObservationStart(
    ObservationRegistry registry, String client, List<ObservationConvention<?>> conventions) {

  /** Begins an observation below the current one of the thread. */
  <C extends Context> Observed<C> begin(
      ElumentaObservations what, C context, ObservationConvention<C> convention) {
    return begin(what, context, convention, null);
  }

  /**
   * Begins an observation below the current one of the thread, or below another where the thread
   * has none.
   */
  <C extends Context> Observed<C> begin(
      ElumentaObservations what,
      C context,
      ObservationConvention<C> convention,
      @Nullable Observation elsewhere) {
    Observation observation = what.observation(given(context), convention, () -> context, registry);
    if (elsewhere != null && registry.getCurrentObservation() == null) {
      observation.parentObservation(elsewhere);
    }
    return new Observed<>(context, observation.start());
  }

  @SuppressWarnings("unchecked") // it has said that it supports the context
  private <C extends Context> @Nullable ObservationConvention<C> given(C context) {
    for (ObservationConvention<?> each : conventions) {
      if (each.supportsContext(context)) {
        return (ObservationConvention<C>) each;
      }
    }
    return null;
  }
}
