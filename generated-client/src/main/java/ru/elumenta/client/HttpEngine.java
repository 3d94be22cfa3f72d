package ru.elumenta.client;

import ru.elumenta.client.internal.transport.ConnectionEngine;

/**
 * Connections and their threads, for any number of clients and sessions to share: give it to {@link
 * ElumentaClientBuilder#sharedWith} of each. Their keys, limits and {@linkplain
 * ru.elumenta.client.options.NetworkOptions network options} stay their own, and a connection is
 * shared only by those that take the same way with the same trust.
 *
 * <p>Whoever made it closes it, after the clients. Closing a client that shares it ends what that
 * client has under way, and nothing of the others. Thread-safe.
 */
public final class HttpEngine implements AutoCloseable {
  private final ConnectionEngine connections = new ConnectionEngine();

  private HttpEngine() {}

  /** Creates one; nothing is opened and no thread runs before the first request. */
  public static HttpEngine create() {
    return new HttpEngine();
  }

  ConnectionEngine connections() {
    return connections;
  }

  /** Ends connections and threads, and every request that is under way. Idempotent. */
  @Override
  public void close() {
    connections.close();
  }
}
