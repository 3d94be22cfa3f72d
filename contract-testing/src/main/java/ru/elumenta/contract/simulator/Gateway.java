package ru.elumenta.contract.simulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import ru.elumenta.contract.Fault;
import ru.elumenta.contract.FaultKind;

/**
 * Stands in front of the HTTP server and lets answers through, or does to their bytes what no HTTP
 * server would do: stalls, drips, cuts or resets. Knows HTTP/1.1 just well enough to tell one
 * message from the next. A thread for each connection, while it lasts.
 */
public final class Gateway implements AutoCloseable {
  /** Names the fault of an answer; taken out here. */
  static final String FAULT_HEADER = "X-Simulated-Fault";

  /** The server behind would take up an offer of HTTP/2, which nobody here understands. */
  private static final Set<String> OFFERS = Set.of("upgrade", "http2-settings", "connection");

  private static final Set<FaultKind> ON_THE_WIRE =
      EnumSet.of(FaultKind.RESET, FaultKind.CUT, FaultKind.STALL, FaultKind.DRIP, FaultKind.DELAY);

  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "matched-stub-id", "matched-stub-name", FAULT_HEADER.toLowerCase(Locale.ROOT), "server");

  private final ServerSocket listener;
  private final int server;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "elumenta-simulator");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean isClosed;

  /**
   * Opens it.
   *
   * @param port 0 for any free one
   * @param server the port of the HTTP server behind it
   */
  public Gateway(int port, int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns its port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Says what is to happen to the answer that names this fault. */
  void expect(String name, Fault fault) {
    faults.put(name, fault);
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
    }
  }

  private void serve(Socket client) {
    Socket upstream = null;
    try {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
      upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      upstream.setTcpNoDelay(true);
      open.add(upstream);
      InputStream answers = new BufferedInputStream(upstream.getInputStream(), 1 << 16);
      boolean goesOn = true;
      while (goesOn) {
        HttpMessage request = HttpMessage.read(in, client.getOutputStream(), true, false);
        if (request == null) {
          return;
        }
        upstream.getOutputStream().write(request.bytes(OFFERS));
        upstream.getOutputStream().flush();
        HttpMessage answer =
            HttpMessage.read(answers, null, false, request.firstLine().startsWith("HEAD "));
        if (answer == null) {
          return;
        }
        goesOn = deliver(answer, client, in) && !request.isLast() && !answer.isLast();
      }
    } catch (IOException e) {
      // One of the three has gone away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      close(client);
      if (upstream != null) {
        close(upstream);
      }
    }
  }

  /** Returns whether the connection is good for a further request. */
  private boolean deliver(HttpMessage answer, Socket client, InputStream in)
      throws IOException, InterruptedException {
    String name = answer.header(FAULT_HEADER);
    Fault fault = name == null ? null : onTheWire(faults.remove(name));
    OutputStream out = client.getOutputStream();
    byte[] bytes = answer.bytes(OF_THE_SERVER);
    int half = bytes.length - (answer.body().length + 1) / 2;
    if (fault == null) {
      out.write(bytes);
      out.flush();
      return true;
    }
    switch (fault.kind()) {
      case RESET -> {
        client.setSoLinger(true, 0);
        client.close();
        return false;
      }
      case CUT -> {
        out.write(bytes, 0, half);
        out.flush();
        return false;
      }
      case STALL -> {
        out.write(bytes, 0, half);
        out.flush();
        while (in.read() >= 0) {
          // Whatever else comes is not answered.
        }
        return false;
      }
      case DRIP -> {
        for (byte next : bytes) {
          out.write(next);
          out.flush();
          TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        }
        return true;
      }
      case DELAY -> {
        TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        out.write(bytes);
        out.flush();
        return true;
      }
      default -> {
        out.write(bytes);
        out.flush();
        return true;
      }
    }
  }

  /** The part of a fault that is about bytes, or null. */
  private static Fault onTheWire(Fault fault) {
    return fault.parts().stream()
        .filter(part -> ON_THE_WIRE.contains(part.kind()))
        .findFirst()
        .orElse(null);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Closes every connection. */
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
  }
}
