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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service on a loopback port that gets one kind of trouble with its paid requests. */
final class UnreliableServer implements AutoCloseable {
  /** When an answer comes that no client waits for. */
  private static final Duration TOO_LATE = TimeScale.TIME_OUT.multipliedBy(3).dividedBy(2);

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Account account;

  UnreliableServer(Account account) throws IOException {
    this.account = account;
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
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
        return;
      }
      account.count();
      String path = head.split("[ ?]")[1];
      write(
          out,
          response(
              "200 OK",
              path.endsWith("/user/history")
                  ? account.historyPage()
                  : Account.generation(Integer.parseInt(path.replaceFirst(".*/", "")))));
    } catch (IOException e) {
      // The client went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answerPaid(OutputStream out) throws IOException, InterruptedException {
    switch (account.next()) {
      case RESULT -> write(out, response("200 OK", account.generate()));
      case DONE_THEN_DROPPED -> account.generate();
      case DONE_THEN_TOO_LATE -> {
        String body = account.generate();
        closed.await(TOO_LATE.toNanos(), TimeUnit.NANOSECONDS);
        write(out, response("200 OK", body));
      }
      case DONE_THEN_STALLED_BODY -> {
        write(out, halfAResponse());
        closed.await();
      }
      case DONE_THEN_HALF_A_BODY -> write(out, halfAResponse());
      case DONE_THEN_502 -> {
        account.generate();
        write(out, response("502 Bad Gateway", "<html>Bad Gateway</html>"));
      }
      case OVERLOADED ->
          write(out, response("503 Service Unavailable", error("model_unavailable", "")));
      case LIMITED -> {
        String wait = ",\"retry_after\":" + Account.WAIT_ASKED_FOR.toSeconds();
        write(out, response("429 Too Many Requests", error("rate_limit_exceeded", wait)));
      }
      case PROVIDER_FAILED -> {
        String provider = ",\"provider\":\"openai\"";
        write(out, response("500 Internal Server Error", error("provider_error", provider)));
      }
      case TOO_FEW_TOKENS -> {
        String details = ",\"details\":{\"required\":8,\"available\":3}";
        write(out, response("402 Payment Required", error("insufficient_tokens", details)));
      }
    }
  }

  /** Makes a generation, and returns all headers and half the body. */
  private String halfAResponse() {
    String body = account.generate();
    String whole = response("200 OK", body);
    return whole.substring(0, whole.length() - body.length() / 2);
  }

  private static String error(String code, String more) {
    return "{\"error\":\"%s\",\"message\":\"No\"%s}".formatted(code, more);
  }

  private static String response(String status, String body) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    return """
    HTTP/1.1 %s\r
    Date: %s\r
    Content-Type: %s\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(
            status,
            date,
            body.startsWith("<") ? "text/html" : "application/json",
            body.length(),
            body);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
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
