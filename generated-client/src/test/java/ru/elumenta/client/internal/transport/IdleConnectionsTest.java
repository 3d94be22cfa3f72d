package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads that keep and take connections while empty routes are dropped: none gets lost. */
class IdleConnectionsTest {
  private static final int THREADS = 4;
  private static final Route ROUTE =
      new Route(false, "localhost", 80, new Route.Way(Optional.empty(), true, Optional.empty()));

  private final IdleConnections idle = new IdleConnections();
  private final List<SocketChannel> client = new ArrayList<>();
  private final List<SocketChannel> server = new ArrayList<>();
  private final List<ServerConnection> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      for (int i = 0; i < THREADS; i++) {
        client.add(SocketChannel.open(listener.getLocalAddress()));
        server.add(listener.accept());
        connections.add(
            new ServerConnection(ROUTE, client.get(i), client.get(i).socket(), false, null));
      }
    }
  }

  @AfterEach
  void disconnect() throws IOException {
    threads.shutdownNow();
    for (SocketChannel each : client) {
      each.close();
    }
    for (SocketChannel each : server) {
      each.close();
    }
  }

  @Test
  void eachIsFoundAgainHoweverOftenTheRouteWasDroppedMeanwhile() throws Exception {
    int rounds = 1_000;
    Future<?> dropping = threads.submit(this::dropEmptyRoutes);

    for (Future<ServerConnection> each : together(connection -> usedOften(connection, rounds))) {
      keep(each.get(60, TimeUnit.SECONDS));
    }
    isOver.set(true);
    dropping.get(60, TimeUnit.SECONDS);

    Set<ServerConnection> found = new HashSet<>();
    for (int i = 0; i < THREADS; i++) {
      found.add(idle.take(ROUTE));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(connections);
    assertThat(idle.take(ROUTE)).isNull();
  }

  @Test
  void noneThatIsKeptWhileAllAreClosedStaysOpen() throws Exception {
    Future<?> dropping = threads.submit(this::dropEmptyRoutes);

    List<Future<ServerConnection>> keeping =
        together(
            connection -> {
              keep(connection);
              return connection;
            });
    idle.close();
    for (Future<ServerConnection> each : keeping) {
      each.get(60, TimeUnit.SECONDS);
    }
    isOver.set(true);
    dropping.get(60, TimeUnit.SECONDS);

    assertThat(client).noneMatch(SocketChannel::isOpen);
  }

  private void keep(ServerConnection connection) {
    idle.keep(connection, System.nanoTime() + TimeUnit.HOURS.toNanos(1));
  }

  private Void dropEmptyRoutes() {
    while (!isOver.get()) {
      idle.closeExpired(System.nanoTime());
    }
    return null;
  }

  private ServerConnection usedOften(ServerConnection first, int rounds) {
    ServerConnection held = first;
    for (int i = 0; i < rounds; i++) {
      keep(held);
      held = idle.take(ROUTE);
      while (held == null) { // there are as many as threads: one of them is on its way
        Thread.onSpinWait();
        held = idle.take(ROUTE);
      }
    }
    return held;
  }

  /** What a thread does with a connection of its own. */
  @FunctionalInterface
  private interface Use {
    ServerConnection of(ServerConnection connection) throws Exception;
  }

  private List<Future<ServerConnection>> together(Use use) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<ServerConnection>> using = new ArrayList<>();
    for (ServerConnection connection : connections) {
      Callable<ServerConnection> work =
          () -> {
            start.await();
            return use.of(connection);
          };
      using.add(threads.submit(work));
    }
    return using;
  }
}
