package ru.elumenta.client;

import org.jspecify.annotations.Nullable;
import ru.elumenta.client.internal.transport.ClientNetwork;
import ru.elumenta.client.internal.transport.ConnectionEngine;
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

  HttpTransport transport(String baseUrl) {
    ClientNetwork network = new ClientNetwork(options, baseUrl);
    return shared == null
        ? new HttpTransport(new ConnectionEngine(), true, network)
        : new HttpTransport(shared.connections(), false, network);
  }
}
