package ru.elumenta.client.internal.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on a loopback port that does to each connection what its script says, byte by byte.
 *
 * <p>The first connection plays the first script, the second the second; those beyond the last play
 * the last. When its script is over a connection is read on until the client closes it, so that a
 * request sent again is counted wherever it comes.
 */
final class RawServer implements AutoCloseable {
  /** What happens on one connection. An IOException in it means that the client went away. */
  @FunctionalInterface
  interface Script {
    void play(Connection conn) throws IOException, InterruptedException;
  }

  /** A request that was received whole. */
  record Received(String line, List<String> headers, byte[] body) {
    List<String> values(String name) {
      String prefix = name.toLowerCase() + ":";
      return headers.stream()
          .filter(header -> header.toLowerCase().startsWith(prefix))
          .map(header -> header.substring(prefix.length()).strip())
          .toList();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
  private final SSLContext tls; // null for plain connections
  private final List<Script> scripts;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this, as are the lists; whoever waits is notified of every change. */
  private int heldByClient;

  private final List<Connection> connections = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private final List<Throwable> scriptFailures = new ArrayList<>();

  private RawServer(SSLContext tls, List<Script> scripts) throws IOException {
    this.tls = tls;
    this.scripts = scripts;
    daemon("accept", this::accept);
  }

  static RawServer script(Script... scripts) throws IOException {
    return new RawServer(null, List.of(scripts));
  }

  /** The same, each connection over TLS: scripts see what was sent, and break off the TCP below. */
  static RawServer overTls(SSLContext tls, Script... scripts) throws IOException {
    return new RawServer(tls, List.of(scripts));
  }

  /** A server that reads a request and sends the same answer on every connection. */
  static RawServer answering(String answer) throws IOException {
    return script(
        conn -> {
          conn.readRequest();
          conn.write(answer);
        });
  }

  /** Returns a port on which nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return tls == null ? url("http") : "https://localhost:" + port() + "/things";
  }

  String url(String scheme) {
    return scheme + "://127.0.0.1:" + port() + "/things";
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** Returns how many whole requests came, over all connections. */
  int requests() {
    return received().size();
  }

  synchronized int connections() {
    return connections.size();
  }

  /** Returns whether so many requests have come within the limit. */
  boolean awaitRequests(int count, Duration limit) throws InterruptedException {
    return await(() -> received.size() >= count, limit);
  }

  /** Returns whether within the limit the client has closed every connection it had made. */
  boolean awaitClientGone(Duration limit) throws InterruptedException {
    return await(() -> !connections.isEmpty() && heldByClient == 0, limit);
  }

  private synchronized boolean await(BooleanSupplier condition, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Connection connection = new Connection(socket, secured(socket));
        Script script;
        synchronized (this) {
          script = scripts.get(Math.min(connections.size(), scripts.size() - 1));
          connections.add(connection);
          heldByClient++;
          notifyAll();
        }
        daemon("connection", () -> serve(connection, script));
      }
    } catch (IOException e) {
      // The listener is closed.
    }
  }

  private Socket secured(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    return secured; // the handshake comes with the first reading or writing
  }

  private void serve(Connection connection, Script script) {
    try {
      script.play(connection);
      connection.stall();
    } catch (IOException e) {
      // The client or this server has closed the connection.
    } catch (InterruptedException | RuntimeException | Error e) {
      synchronized (this) {
        scriptFailures.add(e);
      }
    }
    connection.close();
    synchronized (this) {
      heldByClient--;
      notifyAll();
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "raw-server-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Refuses further connections; those that stand go on. */
  void stopListening() throws IOException {
    listener.close();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    synchronized (this) {
      connections.forEach(Connection::close);
      if (!scriptFailures.isEmpty()) {
        throw new AssertionError("a script failed", scriptFailures.get(0));
      }
    }
  }

  /** The server's end of one connection. */
  final class Connection {
    private final Socket socket;
    private final Socket secured;
    private final InputStream in;
    private final OutputStream out;

    private Connection(Socket socket, Socket secured) throws IOException {
      this.socket = socket;
      this.secured = secured;
      this.in = new BufferedInputStream(secured.getInputStream());
      this.out = secured.getOutputStream();
    }

    /** Reads a request whole and counts it; fails if the client goes away before. */
    Received readRequest() throws IOException {
      String head = readHead();
      List<String> lines = head.lines().toList();
      Received headOnly =
          new Received(lines.get(0), List.copyOf(lines.subList(1, lines.size())), new byte[0]);
      int length =
          headOnly.values("Content-Length").stream()
              .mapToInt(Integer::parseInt)
              .findFirst()
              .orElse(0);
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new IOException("the client went away within the body");
      }
      Received whole = new Received(headOnly.line(), headOnly.headers(), body);
      synchronized (RawServer.this) {
        received.add(whole);
        RawServer.this.notifyAll();
      }
      return whole;
    }

    /** Waits for something to come, whatever it is. */
    void readByte() throws IOException {
      if (in.read() < 0) {
        throw new IOException("the client went away");
      }
    }

    /** Waits for something to come, and returns all that has come with it. */
    String readAvailable() throws IOException {
      int first = in.read();
      if (first < 0) {
        throw new IOException("the client went away");
      }
      byte[] more = in.readNBytes(in.available());
      return (char) first + new String(more, StandardCharsets.ISO_8859_1);
    }

    private String readHead() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.write(next);
        if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
          return head.toString(StandardCharsets.ISO_8859_1);
        }
      }
      throw new IOException("the client went away within the head");
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /**
     * Writes more bytes than the buffers of both ends hold, so that whoever reads them is beyond
     * the headers when this returns.
     */
    void writeBeyondBuffers() throws IOException {
      socket.setSendBufferSize(64 << 10);
      write(new byte[4 << 20]);
    }

    /** Writes one byte at a time with a pause after each. */
    void drip(String text, Duration pause) throws IOException, InterruptedException {
      for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
        write(new byte[] {next});
        pause(pause);
      }
    }

    /** Lets time pass; ends early when the server is closed. */
    void pause(Duration time) throws InterruptedException {
      closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends nothing more, counting what comes, until the client goes or the server is closed. */
    void stall() throws IOException {
      while (true) {
        readRequest();
      }
    }

    /** Breaks the connection with a TCP reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says that nothing more will be written, and goes on to read. */
    void halfClose() throws IOException {
      secured.shutdownOutput();
    }

    /** Ends the TCP below without a word of TLS. */
    void cut() throws IOException {
      socket.close();
    }

    /** Reads the head of a request and nothing of its body. */
    void readHeadOnly() throws IOException {
      readHead();
    }

    /** Ends the connection in good order. */
    void close() {
      try {
        secured.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
