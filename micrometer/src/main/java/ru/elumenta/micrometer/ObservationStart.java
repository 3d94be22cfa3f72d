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

  boolean hasCurrent() {
    return registry.getCurrentObservation() != null;
  }

  /** Begins an observation below the current one of the thread. */
  <C extends Context> Observed<C> begin(
      ElumentaObservations what, C context, ObservationConvention<C> convention) {
    return begin(what, context, convention, null);
  }

  /** Begins an observation below another; null for the current one of the thread. */
  <C extends Context> Observed<C> begin(
      ElumentaObservations what,
      C context,
      ObservationConvention<C> convention,
      @Nullable Observation parent) {
    Observation observation = what.observation(given(context), convention, () -> context, registry);
    if (parent != null) {
      observation.parentObservation(parent);
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
