package ru.elumenta.client.internal.download;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a host, on another thread: the JDK's own look-up knows neither interrupts
 * nor time limits. Thread-safe.
 */
final class HostLookUp {
  /** What knows the addresses of hosts. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  HostLookUp(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Returns all addresses of a host.
   *
   * @throws CancellationException if the client is closed
   * @throws UnknownHostException if there are none
   */
  List<InetAddress> addresses(String host, Duration limit)
      throws InterruptedException, TimeoutException, UnknownHostException {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    underWay.add(found);
    try {
      if (isClosed) {
        throw new CancellationException();
      }
      Thread thread = new Thread(() -> resolve(host, found), "elumenta-host-look-up");
      thread.setDaemon(true);
      thread.start();
      return found.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } finally {
      underWay.remove(found);
    }
  }

  private void resolve(String host, CompletableFuture<List<InetAddress>> found) {
    try {
      found.complete(List.of(resolver.resolve(host)));
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  void close() {
    isClosed = true;
    underWay.forEach(look -> look.cancel(true));
  }
}
