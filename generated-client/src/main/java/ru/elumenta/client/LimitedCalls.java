package ru.elumenta.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls with limits of their own. Nothing in here ends the client whose calls they are. */
final class LimitedCalls extends CoreCalls {
  LimitedCalls(ClientCore core, @Nullable Duration callTimeout, @Nullable Long maxCost) {
    super(core, callTimeout, maxCost);
  }
}
