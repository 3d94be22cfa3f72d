package ru.elumenta.client.internal.transport;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that wait for the next request, the last one used on top. Each is looked at before it
 * is used again. Thread-safe.
 *
 * <p>Some servers close after an answer without saying so. A request that is sent in the moment
 * before that is seen is lost, and nobody knows what became of it. So the first time that a
 * connection is used again it is given a moment to show itself closed; once one has outlived that,
 * the host is trusted, until one is found closed early.
 */
final class IdleConnections {
  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(3);
  private static final long EARLY = TimeUnit.SECONDS.toNanos(2);
  private static final long FAR = TimeUnit.HOURS.toNanos(1);

  private final Map<Route, Kept> routes = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  private static final class Kept {
    final Deque<ServerConnection> connections = new ConcurrentLinkedDeque<>();
    volatile boolean isTrusted;
    volatile boolean isDropped;

    /** Takes no lock, which all answers of a host would wait for; returns whether it is kept. */
    boolean keep(ServerConnection connection) {
      connections.addFirst(connection);
      return !isDropped || !connections.removeFirstOccurrence(connection); // somebody has taken it
    }

    /**
     * Returns whether nothing is kept, and nothing will be: who adds one looks afterwards whether
     * this was dropped, which is said before looking here. For those who hold the route's lock.
     */
    boolean dropIfEmpty() {
      isDropped = true;
      isDropped = connections.isEmpty();
      return isDropped;
    }

    void end() {
      isDropped = true;
      connections.forEach(ServerConnection::end);
    }
  }

  /** Returns one that can be used, or null. */
  ServerConnection take(Route route) {
    Kept kept = routes.get(route);
    if (kept == null) {
      return null;
    }
    for (ServerConnection next = kept.connections.pollFirst();
        next != null;
        next = kept.connections.pollFirst()) {
      if (isUsable(next, kept)) {
        return next;
      }
      next.end();
    }
    return null;
  }

  private static boolean isUsable(ServerConnection connection, Kept kept) {
    long now = System.nanoTime();
    if (connection.keptUntil() - now <= 0) {
      return false;
    }
    long idle = now - connection.keptSince();
    for (long left = MOMENT - idle;
        !kept.isTrusted && left > 0 && !Thread.currentThread().isInterrupted();
        left = MOMENT - idle) {
      LockSupport.parkNanos(left);
      idle = System.nanoTime() - connection.keptSince();
    }
    if (connection.isStale()) {
      if (idle < EARLY) {
        kept.isTrusted = false;
      }
      return false;
    }
    if (idle >= MOMENT && !kept.isTrusted) {
      kept.isTrusted = true;
    }
    return true;
  }

  /** Keeps one until a time, in {@link System#nanoTime()}. */
  void keep(ServerConnection connection, long until) {
    connection.kept(System.nanoTime(), until);
    Kept known = routes.get(connection.route());
    if (known == null || !known.keep(connection)) {
      routes.compute(
          connection.route(),
          (route, current) -> {
            Kept kept = current == null ? new Kept() : current;
            kept.connections.addFirst(connection);
            return kept;
          });
    }
    if (isClosed) { // meanwhile
      endAll();
    }
  }

  boolean isEmpty() {
    return routes.isEmpty();
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Ends those whose time is over; returns when the next one's is, or a time far away. */
  long closeExpired(long now) {
    long next = now + FAR;
    for (Route route : routes.keySet()) {
      Kept kept = routes.get(route);
      if (kept == null) {
        continue;
      }
      for (ServerConnection connection : kept.connections) {
        long until = connection.keptUntil();
        if (until - now <= 0) {
          if (kept.connections.removeLastOccurrence(connection)) { // else somebody has taken it
            connection.end();
          }
        } else if (until - next < 0) {
          next = until;
        }
      }
      routes.computeIfPresent(route, (same, current) -> current.dropIfEmpty() ? null : current);
    }
    return next;
  }

  /** Ends all, and from now on each that is to be kept. */
  void close() {
    isClosed = true;
    endAll();
  }

  private void endAll() {
    for (Route route : routes.keySet()) {
      Kept kept = routes.remove(route);
      if (kept != null) {
        kept.end();
      }
    }
  }
}
