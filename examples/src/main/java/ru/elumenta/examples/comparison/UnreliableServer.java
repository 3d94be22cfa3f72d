package ru.elumenta.examples.comparison;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * A service on a loopback port that gets one kind of trouble, keeps the books, and shows in its
 * history what it made.
 */
final class UnreliableServer implements AutoCloseable {
  private static final Duration WAIT_ASKED_FOR = Duration.ofSeconds(2);

  /** What becomes of one paid request. */
  enum Answer {
    RESULT,
    DONE_THEN_DROPPED,
    DONE_THEN_SILENT,
    DONE_THEN_STALLED_BODY,
    DONE_THEN_HALF_A_BODY,
    DONE_THEN_502,
    OVERLOADED,
    LIMITED,
    PROVIDER_FAILED,
    TOO_FEW_TOKENS
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Trouble trouble;
  private final List<String> rows = new ArrayList<>(); // guarded by this, as is all below
  private int paidRequests;
  private int requests;
  private int early;
  private Instant notBefore = Instant.MIN;

  UnreliableServer(Trouble trouble) throws IOException {
    this.trouble = trouble;
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  synchronized int paidRequests() {
    return paidRequests;
  }

  synchronized int requests() {
    return requests;
  }

  /** Returns how many generations were made, each of them charged. */
  synchronized int charges() {
    return rows.size();
  }

  /** Returns how many requests came before the wait was over that the service had asked for. */
  synchronized int early() {
    return early;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "unreliable-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** One request per connection, so that whoever sends it again is seen. */
  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      in.readNBytes(contentLength(head));
      OutputStream out = socket.getOutputStream();
      if (head.startsWith("POST")) {
        answerPaid(out);
      } else if (head.contains("/user/history")) {
        count();
        write(out, response("200 OK", history()));
      } else {
        count();
        write(out, response("200 OK", completed(id(head))));
      }
    } catch (IOException e) {
      // The client went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void count() {
    requests++;
  }

  private void answerPaid(OutputStream out) throws IOException, InterruptedException {
    Answer answer = next();
    switch (answer) {
      case RESULT -> write(out, response("200 OK", completed(made())));
      case DONE_THEN_DROPPED -> made();
      case DONE_THEN_SILENT -> {
        made();
        closed.await();
      }
      case DONE_THEN_STALLED_BODY -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + completed(made()));
        closed.await();
      }
      case DONE_THEN_HALF_A_BODY -> {
        String half = completed(made()).substring(0, 30);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + half);
      }
      case DONE_THEN_502 -> {
        made();
        write(out, response("502 Bad Gateway", "<html>Bad Gateway</html>"));
      }
      case OVERLOADED ->
          write(out, response("503 Service Unavailable", error("model_unavailable", "")));
      case LIMITED ->
          write(
              out,
              response(
                  "429 Too Many Requests",
                  error("rate_limit_exceeded", ",\"retry_after\":" + WAIT_ASKED_FOR.toSeconds())));
      case PROVIDER_FAILED ->
          write(
              out,
              response(
                  "500 Internal Server Error",
                  error("provider_error", ",\"provider\":\"openai\"")));
      case TOO_FEW_TOKENS ->
          write(
              out,
              response(
                  "402 Payment Required",
                  error("insufficient_tokens", ",\"details\":{\"required\":8,\"available\":3}")));
    }
  }

  private synchronized Answer next() {
    requests++;
    paidRequests++;
    if (Instant.now().isBefore(notBefore)) {
      early++;
      return Answer.LIMITED;
    }
    Answer answer = trouble.answerTo(paidRequests - early);
    if (answer == Answer.LIMITED) {
      notBefore = Instant.now().plus(WAIT_ASKED_FOR);
    }
    return answer;
  }

  /** Makes a generation, which is charged. */
  private synchronized String made() {
    String id = String.valueOf(18_600 + rows.size());
    rows.add(
        0,
        """
        {"id":%s,"model_slug":"dall-e-3","prompt":"A lighthouse at dusk","status":"completed",\
        "created_at":"%s"}\
        """
            .formatted(id, Instant.now()));
    return id;
  }

  private synchronized String history() {
    return "{\"items\":[%s],\"total\":%d}".formatted(String.join(",", rows), rows.size());
  }

  private static String completed(String id) {
    return "{\"id\":%s,\"status\":\"completed\",\"result_url\":\"https://f/%s\"}".formatted(id, id);
  }

  private static String id(String head) {
    return head.split(" ")[1].replaceFirst(".*/", "");
  }

  private static String error(String code, String more) {
    return "{\"error\":\"%s\",\"message\":\"No\"%s}".formatted(code, more);
  }

  private static String response(String status, String body) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    return """
    HTTP/1.1 %s\r
    Date: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(status, date, body.length(), body);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static int contentLength(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
  }
}
