package ru.elumenta.contract.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import ru.elumenta.contract.Fault;

/**
 * Stands in front of the HTTP server and lets answers through, or does to their bytes what no HTTP
 * server would do: stalls, drips, cuts or resets. Knows HTTP/1.1 just well enough to tell one
 * message from the next. A thread for each connection, while it lasts.
 */
public final class Gateway implements AutoCloseable {
  /** Names the fault of an answer; taken out here. */
  static final String FAULT_HEADER = "X-Simulated-Fault";

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The server behind would take up an offer of HTTP/2, which nobody here understands. */
  private static final Set<String> OFFERS = Set.of("upgrade", "http2-settings", "connection");

  private static final Set<String> OF_THE_SERVER =
      Set.of("matched-stub-id", "matched-stub-name", FAULT_HEADER.toLowerCase(), "server");

  private final ServerSocket listener;
  private final int server;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "elumenta-simulator");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean isClosed;

  /**
   * Opens it.
   *
   * @param port 0 for any free one
   * @param server the port of the HTTP server behind it
   */
  public Gateway(int port, int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns its port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Says what is to happen to the answer that names this fault. */
  void expect(String name, Fault fault) {
    faults.put(name, fault);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        if (isClosed) {
          close(client);
          return;
        }
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // The listener is closed.
    }
  }

  private void serve(Socket client) {
    Socket upstream = null;
    try {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
      upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      upstream.setTcpNoDelay(true);
      open.add(upstream);
      InputStream answers = new BufferedInputStream(upstream.getInputStream(), 1 << 16);
      boolean goesOn = true;
      while (goesOn) {
        Message request = Message.read(in, client.getOutputStream(), true, false);
        if (request == null) {
          return;
        }
        upstream.getOutputStream().write(request.bytes(OFFERS));
        upstream.getOutputStream().flush();
        Message answer =
            Message.read(answers, null, false, request.firstLine().startsWith("HEAD "));
        if (answer == null) {
          return;
        }
        goesOn = deliver(answer, client, in) && !request.isLast() && !answer.isLast();
      }
    } catch (IOException e) {
      // One of the three has gone away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      close(client);
      if (upstream != null) {
        close(upstream);
      }
    }
  }

  /** Returns whether the connection is good for a further request. */
  private boolean deliver(Message answer, Socket client, InputStream in)
      throws IOException, InterruptedException {
    String name = answer.header(FAULT_HEADER);
    Fault fault = name == null ? null : faults.remove(name);
    OutputStream out = client.getOutputStream();
    byte[] bytes = answer.bytes(OF_THE_SERVER);
    int half = bytes.length - (answer.body().length + 1) / 2;
    if (fault == null) {
      out.write(bytes);
      out.flush();
      return true;
    }
    switch (fault.kind()) {
      case RESET -> {
        client.setSoLinger(true, 0);
        client.close();
        return false;
      }
      case CUT -> {
        out.write(bytes, 0, half);
        out.flush();
        return false;
      }
      case STALL -> {
        out.write(bytes, 0, half);
        out.flush();
        while (in.read() >= 0) {
          // Whatever else comes is not answered.
        }
        return false;
      }
      case DRIP -> {
        for (byte next : bytes) {
          out.write(next);
          out.flush();
          TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        }
        return true;
      }
      case DELAY -> {
        TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        out.write(bytes);
        out.flush();
        return true;
      }
      default -> {
        out.write(bytes);
        out.flush();
        return true;
      }
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Closes every connection. */
  @Override
  public void close() {
    isClosed = true;
    try {
      listener.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    open.forEach(this::close);
    threads.shutdownNow();
  }

  /** One HTTP message with its whole body. */
  private record Message(String head, byte[] body) {
    private static final int LONGEST_HEAD = 1 << 20;

    /**
     * Reads one.
     *
     * @param interim where to ask for a body that waits to be asked for, or null
     * @return null if there is none
     */
    static Message read(InputStream in, OutputStream interim, boolean isRequest, boolean hasNoBody)
        throws IOException {
      String head = readHead(in);
      while (head != null && !isRequest && head.startsWith("HTTP/1.1 100")) {
        head = readHead(in);
      }
      if (head == null) {
        return null;
      }
      Message message = new Message(head, new byte[0]);
      if (interim != null && "100-continue".equalsIgnoreCase(message.header("Expect"))) {
        interim.write(CONTINUE);
        interim.flush();
      }
      return hasNoBody ? message : new Message(head, message.readBody(in));
    }

    private static String readHead(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int last = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.write(next);
        last = last << 8 | next;
        if (last == 0x0D0A0D0A) {
          return head.toString(StandardCharsets.ISO_8859_1);
        }
        if (head.size() > LONGEST_HEAD) {
          throw new IOException("a head without an end");
        }
      }
      return null;
    }

    private byte[] readBody(InputStream in) throws IOException {
      String transfer = header("Transfer-Encoding");
      if (transfer != null && transfer.toLowerCase().contains("chunked")) {
        return readChunks(in);
      }
      String length = header("Content-Length");
      byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
      if (length != null && body.length < Integer.parseInt(length)) {
        throw new IOException("half a body");
      }
      return body;
    }

    private static byte[] readChunks(InputStream in) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int length = Integer.parseInt(readLine(in).split(";", 2)[0].strip(), 16);
        if (length == 0) {
          while (!readLine(in).isEmpty()) {
            // Trailers are not passed on.
          }
          return body.toByteArray();
        }
        body.write(in.readNBytes(length));
        readLine(in);
      }
    }

    private static String readLine(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("half a chunk");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }

    String firstLine() {
      return head.substring(0, head.indexOf('\r'));
    }

    String header(String name) {
      return Arrays.stream(head.split("\r\n"))
          .skip(1)
          .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }

    boolean isLast() {
      return "close".equalsIgnoreCase(header("Connection"));
    }

    /** The message with a body of stated length, without some headers. */
    byte[] bytes(Set<String> without) {
      StringBuilder lines = new StringBuilder(firstLine()).append("\r\n");
      boolean isChunked = header("Transfer-Encoding") != null;
      for (String line : head.strip().split("\r\n")) {
        String name = line.contains(":") ? line.substring(0, line.indexOf(':')).toLowerCase() : "";
        boolean isOurs =
            name.isEmpty()
                || line.startsWith(firstLine())
                || name.equals("expect")
                || name.equals("transfer-encoding")
                || without.contains(name);
        if (!isOurs) {
          lines.append(line).append("\r\n");
        }
      }
      if (isChunked) {
        lines.append("Content-Length: ").append(body.length).append("\r\n");
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(body);
      return bytes.toByteArray();
    }
  }
}
