package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks names up on threads of its own: the system's look-up knows neither time limits nor
 * interrupts. All who want one name at one time share one look-up. Thread-safe.
 */
final class HostNames {
  /** Where addresses come from. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final Executor threads;
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

  HostNames(Resolver resolver, Executor threads) {
    this.resolver = resolver;
    this.threads = threads;
  }

  /**
   * Returns the addresses of a host, at least one.
   *
   * @throws CancellationException if the call was ended meanwhile
   */
  InetAddress[] addresses(String host, HttpCall call)
      throws IOException, InterruptedException, CancellationException {
    if (isAddress(host)) {
      return new InetAddress[] {InetAddress.getByName(host)};
    }
    CompletableFuture<InetAddress[]> mine = lookUp(host).copy();
    call.blocksIn(() -> mine.cancel(false));
    try {
      return mine.get();
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    }
  }

  private CompletableFuture<InetAddress[]> lookUp(String host) {
    CompletableFuture<InetAddress[]> fresh = new CompletableFuture<>();
    CompletableFuture<InetAddress[]> running = underWay.putIfAbsent(host, fresh);
    if (running != null) {
      return running;
    }
    try {
      threads.execute(() -> lookUp(host, fresh));
    } catch (RejectedExecutionException closed) {
      underWay.remove(host, fresh);
      fresh.cancel(false);
    }
    return fresh;
  }

  private void lookUp(String host, CompletableFuture<InetAddress[]> answer) {
    try {
      InetAddress[] addresses = resolver.addresses(host);
      underWay.remove(host, answer);
      answer.complete(addresses);
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host, answer);
      answer.completeExceptionally(e);
    }
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }
}
