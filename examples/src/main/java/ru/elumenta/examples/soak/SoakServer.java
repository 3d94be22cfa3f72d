package ru.elumenta.examples.soak;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service on a loopback port that answers each kind of request, or refuses it, or loses the
 * answer, as a seeded die says. It knows how many connections stand.
 */
final class SoakServer implements AutoCloseable {
  /** A journal remembers many generations on purpose, which would look like a leak. */
  private static final int MOST_IDS = 1_000;

  private static final String FILE = "f".repeat(50_000);
  private static final String EVENTS =
      "data: {\"type\":\"generation_start\",\"id\":1}\n\n"
          + "data: {\"type\":\"content_delta\",\"delta\":\"Once upon a time\"}\n\n".repeat(20)
          + "data: {\"type\":\"generation_end\",\"id\":1,\"tokens_spent\":3}\n\ndata: [DONE]\n\n";

  private final ServerSocket listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong seeds;

  SoakServer(long seed) throws IOException {
    seeds = new AtomicLong(seed);
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  long requests() {
    return requests.get();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "soak-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    SplittableRandom die = new SplittableRandom(seeds.incrementAndGet());
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String path = request(in); path != null; path = request(in)) {
        requests.incrementAndGet();
        if (!isAnswered(path, die, out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, or this.
    } finally {
      connections.remove(socket);
    }
  }

  /** Reads a request whole and returns its path; null at the end. */
  private static String request(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    int length = 0;
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return first.split(" ")[1];
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString().strip();
      }
      line.append((char) next);
    }
    return null;
  }

  /** Returns whether the connection goes on. */
  private static boolean isAnswered(String path, SplittableRandom die, OutputStream out)
      throws IOException, InterruptedException {
    int thrown = die.nextInt(10_000);
    if (path.startsWith("/auth/")) {
      json(out, "200 OK", tokens(die));
    } else if (thrown < 5) {
      return false; // the answer is lost
    } else if (thrown < 8) {
      TimeUnit.MILLISECONDS.sleep(1_500); // longer than an attempt may take
      return false;
    } else if (thrown < 15) {
      out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"id\":"));
      return false; // it is cut off
    } else if (thrown < 40) {
      json(out, "503 Service Unavailable", "{\"error\":\"model_unavailable\",\"message\":\"no\"}");
    } else if (thrown < 50) {
      json(out, "401 Unauthorized", "{\"error\":\"token_expired\",\"message\":\"no\"}");
    } else {
      answer(path, die, out);
    }
    return true;
  }

  private static void answer(String path, SplittableRandom die, OutputStream out)
      throws IOException {
    if (path.startsWith("/models/")) {
      json(out, "200 OK", "{\"slug\":\"dall-e-3\"}");
    } else if (path.equals("/generate/stream")) {
      write(out, "200 OK", "text/event-stream", EVENTS);
    } else if (path.startsWith("/file")) {
      write(out, "200 OK", "image/webp", FILE);
    } else if (path.startsWith("/history")) {
      json(out, "200 OK", "{\"items\":[],\"total\":0,\"page\":1,\"pages\":0}");
    } else if (path.startsWith("/generate/")) {
      String id = path.substring(path.lastIndexOf('/') + 1);
      String status = die.nextBoolean() ? "pending" : "completed";
      json(out, "200 OK", "{\"id\":%s,\"status\":\"%s\"}".formatted(id, status));
    } else {
      json(
          out,
          "200 OK",
          "{\"id\":%d,\"status\":\"%s\"}"
              .formatted(1 + die.nextInt(MOST_IDS), die.nextBoolean() ? "pending" : "completed"));
    }
  }

  private static String tokens(SplittableRandom die) {
    return """
    {"access_token":"a-%1$d","refresh_token":"r-%1$d","token_type":"bearer","expires_in":900}\
    """
        .formatted(die.nextInt(1 << 30));
  }

  private static void json(OutputStream out, String status, String body) throws IOException {
    write(out, status, "application/json", body);
  }

  private static void write(OutputStream out, String status, String type, String body)
      throws IOException {
    out.write(
        bytes(
            "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, type, body.length(), body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
