package ru.elumenta.client;

import org.jspecify.annotations.Nullable;
import ru.elumenta.client.internal.transport.ClientNetwork;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.options.NetworkOptions;

/**
 * How a client gets to the network.
 *
 * @param shared the engine that it shares with others; null for one of its own
 */
record NetworkUse(NetworkOptions options, @Nullable HttpEngine shared) {
  static final NetworkUse DEFAULT = new NetworkUse(NetworkOptions.defaults(), null);

  NetworkUse with(NetworkOptions other) {
    return new NetworkUse(other, shared);
  }

  NetworkUse with(HttpEngine engine) {
    return new NetworkUse(options, engine);
  }

  boolean isDefault() {
    return equals(DEFAULT);
  }

  /** Returns the engine that it shares, or a new one that is its own. */
  HttpEngine engine() {
    return shared == null ? HttpEngine.create() : shared;
  }

  boolean isShared() {
    return shared != null;
  }

  /** Returns a transport whose closing leaves the engine open. */
  HttpTransport transport(HttpEngine engine, String baseUrl) {
    return new HttpTransport(engine.connections(), false, new ClientNetwork(options, baseUrl));
  }
}
