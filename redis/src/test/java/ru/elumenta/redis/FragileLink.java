package ru.elumenta.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network between a machine and Redis, which is cut, falls silent, or is slow, as told. */
final class FragileLink implements AutoCloseable {
  private static final int BUFFER = 8192;

  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
  private volatile boolean isSilent;
  private volatile boolean losesAnswers;
  private volatile Duration delay = Duration.ZERO;

  FragileLink(int target) {
    this.target = target;
    this.listener = listening(0);
    this.port = listener.getLocalPort();
    accept();
  }

  private static ServerSocket listening(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** Closes every connection, and refuses new ones. */
  void cut() {
    close();
  }

  /** As before. */
  void mend() {
    isSilent = false;
    losesAnswers = false;
    delay = Duration.ZERO;
    if (listener.isClosed()) {
      listener = listening(port);
      accept();
    }
  }

  /** Lets nothing through, in no direction, and says nothing of it. */
  void fallSilent() {
    isSilent = true;
  }

  /** Lets commands through, and cuts the connection when the first answer comes. */
  void loseTheNextAnswer() {
    losesAnswers = true;
  }

  void slow(Duration each) {
    delay = each;
  }

  private void accept() {
    ServerSocket own = listener;
    daemon(
        () -> {
          while (true) {
            Socket client = own.accept();
            Socket server;
            try {
              server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException e) { // nobody is there
              client.close();
              continue;
            }
            sockets.add(client);
            sockets.add(server);
            daemon(() -> pass(client, server, false));
            daemon(() -> pass(server, client, true));
          }
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void daemon(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                // It was cut.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(Socket from, Socket to, boolean isAnswer) throws IOException {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (isAnswer && losesAnswers) {
          losesAnswers = false;
          return;
        }
        LockSupport.parkNanos(delay.toNanos());
        if (!isSilent) { // what is lost is lost
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } finally {
      from.close();
      to.close();
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
