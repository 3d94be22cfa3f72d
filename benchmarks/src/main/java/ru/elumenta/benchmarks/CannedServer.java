package ru.elumenta.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers over the loopback with what is ready, as fast as it can, from one thread for each
 * connection. The number at the start of a path says how much is wanted: {@code /300/generate} is a
 * generation with a text of 300 characters, {@code /1000/generate/stream} a thousand events, {@code
 * /1048576/file} a file of a mebibyte.
 */
final class CannedServer implements AutoCloseable {
  private static final byte[] ZEROS = new byte[64 << 10];

  private final ServerSocket server = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

  CannedServer() throws IOException {
    daemon(this::accept);
  }

  /** Where answers have texts of a length. */
  String address(int length) {
    return "http://127.0.0.1:" + server.getLocalPort() + "/" + length;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "canned-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); head != null; head = head(in)) {
        skipBody(in, head);
        answer(head.split(" ", 3)[1], out);
      }
    } catch (IOException e) {
      // Its client has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
      int length = head.length();
      if (next == '\n' && length > 3 && head.charAt(length - 3) == '\n') {
        return head.toString();
      }
    }
  }

  private static void skipBody(InputStream in, String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\ncontent-length:");
    if (at >= 0) {
      int end = lower.indexOf('\r', at);
      in.skipNBytes(Long.parseLong(lower.substring(at + 16, end).strip()));
    } else if (lower.contains("\ntransfer-encoding: chunked")) {
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        in.skipNBytes(size + 2);
      }
      in.skipNBytes(2);
    }
  }

  private static int chunk(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return Integer.parseInt(line.toString().strip(), 16);
  }

  private void answer(String path, OutputStream out) throws IOException {
    if (path.endsWith("/file")) {
      long left = Long.parseLong(path.split("/")[1]);
      out.write(head("application/octet-stream", left));
      while (left > 0) {
        int piece = (int) Math.min(left, ZEROS.length);
        out.write(ZEROS, 0, piece);
        left -= piece;
      }
      return;
    }
    out.write(answers.computeIfAbsent(path, CannedServer::made));
  }

  private static byte[] made(String path) {
    int size = Integer.parseInt(path.split("/")[1]);
    boolean isStream = path.endsWith("/stream");
    byte[] body =
        isStream
            ? Answers.events(size)
            : path.endsWith("/chat/completions")
                ? Answers.chatCompletion(size)
                : Answers.generation(size);
    byte[] head = head(isStream ? "text/event-stream" : "application/json", body.length);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] head(String type, long length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    Answers.HEADERS.forEach(
        (name, values) ->
            head.append(name)
                .append(": ")
                .append(name.equals("Content-Type") ? type : values.iterator().next())
                .append("\r\n"));
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
