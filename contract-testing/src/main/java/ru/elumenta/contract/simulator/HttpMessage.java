package ru.elumenta.contract.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** One HTTP message with its whole body. */
record HttpMessage(String head, byte[] body) {
  private static final int LONGEST_HEAD = 1 << 20;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads one.
   *
   * @param interim where to ask for a body that waits to be asked for, or null
   * @return null if there is none
   */
  static HttpMessage read(
      InputStream in, OutputStream interim, boolean isRequest, boolean hasNoBody)
      throws IOException {
    String head = readHead(in);
    while (head != null && !isRequest && head.startsWith("HTTP/1.1 100")) {
      head = readHead(in);
    }
    if (head == null) {
      return null;
    }
    HttpMessage message = new HttpMessage(head, new byte[0]);
    if (interim != null && "100-continue".equalsIgnoreCase(message.header("Expect"))) {
      interim.write(CONTINUE);
      interim.flush();
    }
    return hasNoBody ? message : new HttpMessage(head, message.readBody(in));
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
    if (transfer != null && transfer.toLowerCase(Locale.ROOT).contains("chunked")) {
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
        .filter(
            line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
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
    for (String line : head.substring(firstLine().length()).strip().split("\r\n")) {
      String name =
          line.contains(":") ? line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT) : "";
      boolean isOurs =
          name.isEmpty()
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
