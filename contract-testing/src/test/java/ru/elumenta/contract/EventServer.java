package ru.elumenta.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers one request with a stream, and sends its second part only when told to. */
final class EventServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Thread thread;

  EventServer(String first, CountDownLatch goOn, String second) throws IOException {
    thread =
        new Thread(
            () -> {
              try (Socket connection = socket.accept();
                  OutputStream out = connection.getOutputStream()) {
                readHead(connection);
                send(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection:"
                        + " close\r\n\r\n");
                send(out, first);
                if (goOn.await(20, TimeUnit.SECONDS)) {
                  send(out, second);
                }
              } catch (IOException e) {
                // The reader left.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
  }

  String url() {
    return "http://localhost:" + socket.getLocalPort();
  }

  private static void readHead(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      thread.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
