package ru.elumenta.client;

import java.time.Duration;

/** Calls with limits of their own. Nothing in here ends the client whose calls they are. */
final class LimitedCalls extends CoreCalls {
  LimitedCalls(ClientCore core, Duration callTimeout, Long maxCost) {
    super(core, callTimeout, maxCost);
  }
}
