package ru.elumenta.client.internal.call;

import java.time.Duration;

/** Sends a request once. */
@FunctionalInterface
interface Attempt {
  /**
   * Sends it.
   *
   * @param limit the time it has, to the last byte of the response
   */
  Object send(Duration limit) throws Throwable;
}
