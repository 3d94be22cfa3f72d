package ru.elumenta.contract.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections on the loopback address. An HTTP server of its own, because the subject is
 * what no HTTP server would do. A thread for each connection, while it lasts.
 */
public final class Gateway implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;
  private static final long LONGEST_FAREWELL_MILLIS = 1_000;

  private final ServerSocket listener;
  private final Site site;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "elumenta-simulator");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch isDeaf = new CountDownLatch(1);
  private volatile boolean isClosed;

  /**
   * Opens it.
   *
   * @param port 0 for any free one
   * @throws IOException if it is taken
   */
  public Gateway(int port, Site site) throws IOException {
    this.site = site;
    this.listener = new ServerSocket(port, MOST_WAITING, InetAddress.getLoopbackAddress());
  }

  /** Begins to answer. */
  public void start() {
    threads.execute(this::accept);
  }

  /** Returns its port. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        if (isClosed) {
          close(client);
          return;
        }
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // The listener is closed.
    } finally {
      isDeaf.countDown();
    }
  }

  private void serve(Socket client) {
    try {
      new Connection(client, site).serve();
    } catch (IOException e) {
      // The caller has gone away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      close(client);
    }
  }

  /** Returns how many connections are open. */
  public int connections() {
    return open.size();
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Closes every connection. Afterwards nobody can connect. */
  @Override
  public void close() {
    isClosed = true;
    try {
      listener.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    open.forEach(this::close);
    threads.shutdownNow();
    awaitDeafness();
  }

  /** A socket that a thread waits on listens until that thread has noticed that it is closed. */
  private void awaitDeafness() {
    try {
      isDeaf.await(LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
