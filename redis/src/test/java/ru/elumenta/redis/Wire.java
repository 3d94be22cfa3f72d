package ru.elumenta.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire to a server, which can be cut: then nothing gets through, and nobody is told. */
final class Wire implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private boolean isCut; // guarded by this

  Wire(int target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TimeOfMany.daemon(this::accept);
  }

  String address() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        ends.addAll(List.of(near, far));
        TimeOfMany.daemon(() -> carry(near, far));
        TimeOfMany.daemon(() -> carry(far, near));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        awaitWhole();
        out.write(bytes, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // the end of this connection
    }
  }

  private synchronized void awaitWhole() throws InterruptedException {
    while (isCut) {
      wait();
    }
  }

  synchronized void cut() {
    isCut = true;
  }

  synchronized void mend() {
    isCut = false;
    notifyAll();
  }

  @Override
  public void close() {
    mend();
    try {
      server.close();
      for (Socket end : ends) {
        end.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
