package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.InetAddress;

/**
 * Connections and threads that any number of transports use together. {@link #close()} ends both,
 * and every exchange. Thread-safe.
 */
public final class ConnectionEngine implements AutoCloseable {
  private final IdleConnections idle = new IdleConnections();
  private final Watchdog watchdog = new Watchdog(idle);
  private final HelperThreads helpers = new HelperThreads();
  private final Connector connector;
  private volatile boolean isClosed;

  /** Creates it; no thread runs and nothing is opened before the first request. */
  public ConnectionEngine() {
    this(InetAddress::getAllByName);
  }

  ConnectionEngine(HostNames.Resolver resolver) {
    this.connector = new Connector(new HostNames(resolver, helpers));
  }

  boolean isClosed() {
    return isClosed;
  }

  HelperThreads helpers() {
    return helpers;
  }

  /** Watches over an exchange until it is {@linkplain #forget forgotten}. */
  void watch(HttpCall call) {
    watchdog.watch(call);
    if (isClosed) { // meanwhile
      call.end(HttpCall.End.CLIENT_CLOSED);
    }
  }

  /** Takes note that an exchange is to be ended earlier than before. */
  void limit(HttpCall call) {
    watchdog.wakeBy(call.deadline());
  }

  void forget(HttpCall call) {
    watchdog.forget(call);
  }

  void endAll(Object owner) {
    watchdog.endAll(owner);
  }

  /** Returns a connection that was kept, or makes one. Whatever fails here, nothing was sent. */
  ServerConnection connection(Route route, HttpCall call, ConnectSettings settings)
      throws IOException, InterruptedException {
    ServerConnection kept = idle.take(route);
    if (kept == null) {
      return connector.connect(route, call, settings);
    }
    call.blocksIn(kept::drop);
    return kept;
  }

  /** Keeps a connection that is through with its exchange. */
  void keep(ServerConnection connection, long until) {
    idle.keep(connection, until);
    if (!isClosed) {
      watchdog.wakeBy(until);
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    isClosed = true;
    watchdog.endAll(null);
    idle.close();
    helpers.close();
    watchdog.wake();
  }
}
