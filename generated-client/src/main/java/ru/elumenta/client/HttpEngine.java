package ru.elumenta.client;

import ru.elumenta.client.internal.wiring.ClientEngine;

/**
 * Connections, threads and timers, for any number of clients and sessions to share: give it to
 * {@link ElumentaClientBuilder#sharedWith} of each. Their keys, limits and {@linkplain
 * ru.elumenta.client.options.NetworkOptions network options} stay their own, and a connection is
 * shared only by those that take the same way with the same trust.
 *
 * <p>Whoever made it closes it, after the clients. Closing a client that shares it ends what that
 * client has under way, and nothing of the others. Thread-safe.
 */
public final class HttpEngine implements AutoCloseable {
  private final ClientEngine engine = new ClientEngine();

  private HttpEngine() {}

  /** Creates one; nothing is opened and no thread runs before the first request. */
  public static HttpEngine create() {
    return new HttpEngine();
  }

  ClientEngine parts() {
    return engine;
  }

  /**
   * Ends connections and threads, every request that is under way, and every wait for a job.
   * Idempotent.
   */
  @Override
  public void close() {
    engine.close();
  }
}
