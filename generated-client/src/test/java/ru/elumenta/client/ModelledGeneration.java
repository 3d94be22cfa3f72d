package ru.elumenta.client;

import java.time.Duration;

/**
 * A generation in the modelled service. Times are those of the simulation, not of the service's own
 * clock.
 *
 * @param maker the call that made it; null for those of other processes
 * @param prompt the prompt, or null if the history does not show it
 * @param created when the work began
 * @param stamped what the history calls the moment of creation, a little early at times
 * @param shown when the history begins to show it
 * @param finished when it is completed
 */
record ModelledGeneration(
    int number,
    CallOnRecord maker,
    String prompt,
    Duration created,
    Duration stamped,
    Duration shown,
    Duration finished) {

  String id(boolean asText) {
    return asText ? "gen_" + number : String.valueOf(number);
  }

  @Override
  public String toString() {
    return "#%d (begun %.3f s, shown from %.3f s)"
        .formatted(number, created.toMillis() / 1e3, shown.toMillis() / 1e3);
  }
}
