package ru.elumenta.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on a loopback port that keeps the heads of what it was asked. */
public final class TestProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final String wanted;

  /**
   * Starts it.
   *
   * @param wanted the value of Proxy-Authorization that lets a caller pass; null if anybody may
   */
  public TestProxy(String wanted) throws IOException {
    this.wanted = wanted;
    daemon(this::accept);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Returns the head of the first request on each connection. */
  public List<String> heads() {
    return heads;
  }

  /** Returns how many connections to callers and to servers are open. */
  public long connections() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      if (wanted != null && !head.contains("Proxy-Authorization: " + wanted + "\r\n")) {
        answer(
            client, "HTTP/1.1 407 Who Are You\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      String[] line = head.lines().findFirst().orElseThrow().split(" ");
      boolean isTunnel = line[0].equals("CONNECT");
      URI to = URI.create(isTunnel ? "tcp://" + line[1] : line[1]);
      try (Socket server = new Socket(to.getHost(), to.getPort())) {
        sockets.add(server);
        if (isTunnel) {
          answer(client, "HTTP/1.1 200 Go On\r\n\r\n");
        } else {
          answer(server, head.replaceFirst(" \\S+ ", " " + to.getRawPath() + " "));
        }
        daemon(() -> copy(client, server));
        copy(server, client);
      }
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("gone");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone, and so does the other.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
