package ru.elumenta.client.internal.call;

import ru.elumenta.client.internal.transport.AttemptOptions;

/** Sends a request once. */
@FunctionalInterface
interface Attempt {
  /**
   * Sends it.
   *
   * @param options the time it has; they learn what was answered
   */
  Object send(AttemptOptions options) throws Throwable;
}
