package ru.elumenta.client.internal.wiring;

import feign.Client;
import java.util.Optional;
import java.util.function.UnaryOperator;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.transport.ClientNetwork;
import ru.elumenta.client.internal.transport.HttpTransport;
import ru.elumenta.client.options.NetworkOptions;

/**
 * How a client gets to the network: over a transport that it was given, or over its own.
 *
 * @param options of its own transport
 * @param shared the engine that it shares with others; empty for one of its own
 * @param given the transport that it was given, if it was
 * @param decoration what goes around either
 */
public record TransportChoice(
    NetworkOptions options,
    Optional<ClientEngine> shared,
    Optional<Client> given,
    UnaryOperator<Client> decoration) {
  public static final TransportChoice DEFAULT =
      new TransportChoice(
          NetworkOptions.defaults(), Optional.empty(), Optional.empty(), UnaryOperator.identity());

  public TransportChoice with(NetworkOptions other) {
    return new TransportChoice(Require.notNull("network", other), shared, given, decoration);
  }

  public TransportChoice sharedWith(ClientEngine engine) {
    return new TransportChoice(options, Optional.of(engine), given, decoration);
  }

  public TransportChoice given(Client transport) {
    return new TransportChoice(
        options, shared, Optional.of(Require.notNull("transport", transport)), decoration);
  }

  /** The later goes around the earlier. */
  public TransportChoice decorated(UnaryOperator<Client> outer) {
    Require.notNull("decoration", outer);
    return new TransportChoice(
        options, shared, given, transport -> outer.apply(decoration.apply(transport)));
  }

  /** Refuses settings that conflict. */
  public TransportChoice checked() {
    Require.that(
        given.isEmpty() || (shared.isEmpty() && options.equals(NetworkOptions.defaults())),
        "A transport(…) makes its own connections: leave network(…) and sharedWith(…) away, or"
            + " it.");
    return this;
  }

  /** Returns the engine that it shares, or a new one that is its own. */
  public ClientEngine engine() {
    return shared.orElseGet(ClientEngine::new);
  }

  public boolean isShared() {
    return shared.isPresent();
  }

  /**
   * Makes the client's own transport, whose closing leaves the engine open; there is none if one
   * was given.
   */
  Optional<HttpTransport> own(ClientEngine engine, String baseUrl) {
    return given.isPresent()
        ? Optional.empty()
        : Optional.of(
            new HttpTransport(engine.connections(), false, new ClientNetwork(options, baseUrl)));
  }
}
