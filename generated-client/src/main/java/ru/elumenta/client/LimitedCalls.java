package ru.elumenta.client;

import ru.elumenta.client.internal.call.CallLimits;
import ru.elumenta.client.internal.service.ClientCore;

/**
 * Calls with limits, or a journal, of their own. Nothing in here ends the client whose calls they
 * are.
 */
final class LimitedCalls extends CoreCalls {
  LimitedCalls(ClientCore core, CallLimits limits) {
    super(core, limits);
  }
}
