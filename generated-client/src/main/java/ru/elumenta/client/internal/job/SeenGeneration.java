package ru.elumenta.client.internal.job;

import feign.TypedResponse;
import java.util.Collection;
import java.util.Map;
import ru.elumenta.client.internal.cost.Spending;
import ru.elumenta.client.model.Generation;

/**
 * A generation as the service showed it. Small, since many thousands may wait at once: the headers
 * are kept of a finished one only, and the request of none.
 */
record SeenGeneration(Generation generation, int status, Map<String, Collection<String>> headers) {

  static SeenGeneration of(TypedResponse<Generation> response) {
    return of(response.body(), response.status(), response.headers());
  }

  static SeenGeneration of(
      Generation generation, int status, Map<String, Collection<String>> headers) {
    return new SeenGeneration(
        generation, status, Spending.isFinished(generation) ? headers : Map.of());
  }

  boolean isFinished() {
    return Spending.isFinished(generation);
  }
}
