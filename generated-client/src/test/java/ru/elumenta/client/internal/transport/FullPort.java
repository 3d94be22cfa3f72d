package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback port that takes no further connections: nobody accepts, and the queue is full. Linux
 * then leaves attempts to connect unanswered.
 */
final class FullPort implements AutoCloseable {
  private static final int MORE_THAN_ANY_QUEUE = 16;

  private final ServerSocket listener;
  private final List<Socket> queued = new ArrayList<>();
  private final boolean isFull;

  FullPort() throws IOException {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  /** Fills a certain port of an address of this machine. */
  FullPort(InetAddress address, int port) throws IOException {
    listener = new ServerSocket(port, 1, address);
    isFull = fill();
  }

  private boolean fill() throws IOException {
    while (queued.size() < MORE_THAN_ANY_QUEUE) {
      Socket socket = new Socket();
      try {
        socket.connect(listener.getLocalSocketAddress(), 200);
        queued.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return true;
      }
    }
    return false;
  }

  /** Returns whether attempts to connect stay unanswered, which not every system grants. */
  boolean isFull() {
    return isFull;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/things";
  }

  /**
   * Makes room for whoever is still trying to connect, and returns what is sent by it until it
   * closes the connection; nothing, too, if nobody comes within the limit.
   */
  byte[] sentBelated(Duration limit) throws IOException {
    for (int i = 0; i < queued.size(); i++) {
      listener.accept().close();
    }
    listener.setSoTimeout((int) limit.toMillis());
    Socket belated;
    try {
      belated = listener.accept();
    } catch (SocketTimeoutException e) {
      return new byte[0];
    }
    try (belated) {
      belated.setSoTimeout((int) limit.toMillis());
      return belated.getInputStream().readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : queued) {
      socket.close();
    }
  }
}
