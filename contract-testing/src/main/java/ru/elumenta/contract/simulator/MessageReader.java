package ru.elumenta.contract.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.RequestMessage;

/**
 * Reads HTTP/1.1 requests from a connection, strictly as in RFC 9112: whatever could be understood
 * in two ways is refused.
 */
final class MessageReader {
  private static final int MOST_BYTES_OF_HEAD = 64 << 10;
  private static final int MOST_HEADERS = 200;
  private static final int MOST_BYTES_OF_BODY = 64 << 20;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TARGET = Pattern.compile("(https?://[!-~]+|/[!-~]*|\\*)");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(;.*)?");

  private final InputStream in;
  private int left; // of the head

  MessageReader(InputStream in) {
    this.in = in;
  }

  /**
   * The head of a request.
   *
   * @param isLast whether the connection is good for no further request
   */
  record Head(String method, String target, Map<String, List<String>> headers, boolean isLast) {
    List<String> values(String name) {
      return headers.getOrDefault(name, List.of());
    }

    boolean waitsToBeAsked() {
      return values("Expect").stream().anyMatch("100-continue"::equalsIgnoreCase);
    }

    RequestMessage with(byte[] body) {
      return RequestMessage.of(method, target, headers, body);
    }
  }

  /** Reads the next head; returns null if the caller has said everything. */
  Head head() throws IOException {
    left = MOST_BYTES_OF_HEAD;
    String line = line();
    while (line != null && line.isEmpty()) {
      line = line();
    }
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3
        || !TOKEN.matcher(parts[0]).matches()
        || !parts[2].matches("HTTP/1\\.[01]")) {
      throw new BadMessage("The first line is no request of HTTP/1.1");
    }
    if (!TARGET.matcher(parts[1]).matches() || BAD_ESCAPE.matcher(parts[1]).find()) {
      throw new BadMessage("The target of the request is no path");
    }
    Map<String, List<String>> headers = headers();
    boolean isOld = parts[2].endsWith("0");
    List<String> hosts = headers.getOrDefault("host", List.of());
    if (hosts.size() > 1 || hosts.isEmpty() && !isOld) {
      throw new BadMessage("A request has one Host header");
    }
    boolean isLast =
        isOld
            || headers.getOrDefault("connection", List.of()).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
    return new Head(parts[0], parts[1], headers, isLast);
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int count = 0;
    for (String line = line(); ; line = line()) {
      if (line == null) {
        throw new BadMessage("The request ends within its headers");
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1
          || !TOKEN.matcher(line.substring(0, colon)).matches()
          || line.chars().anyMatch(next -> next < ' ' && next != '\t' || next == 0x7f)) {
        throw new BadMessage("A line among the headers is no header");
      }
      if (++count > MOST_HEADERS) {
        throw new BadMessage("The request has more than %d headers".formatted(MOST_HEADERS));
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
  }

  /** Reads the body that a head announces. */
  byte[] body(Head head) throws IOException {
    List<String> transfers = head.values("Transfer-Encoding");
    List<String> lengths = head.values("Content-Length");
    if (!transfers.isEmpty()) {
      if (!lengths.isEmpty()
          || transfers.size() > 1
          || !"chunked".equalsIgnoreCase(transfers.get(0))) {
        throw new BadMessage("The length of the body is given in a way that is not understood");
      }
      left = MOST_BYTES_OF_HEAD;
      return chunks();
    }
    if (lengths.isEmpty()) {
      return new byte[0];
    }
    if (lengths.stream().distinct().count() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
      throw new BadMessage("Content-Length is no number of bytes");
    }
    return exactly(room(Long.parseLong(lengths.get(0)), 0));
  }

  private static int room(long more, int used) throws BadMessage {
    if (more + used > MOST_BYTES_OF_BODY) {
      throw new BadMessage("The body has more than %d bytes".formatted(MOST_BYTES_OF_BODY));
    }
    return (int) more;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes;
    try {
      bytes = in.readNBytes(length);
    } catch (SocketTimeoutException e) {
      throw new BadMessage("The rest of the body did not come");
    }
    if (bytes.length < length) {
      throw new BadMessage("The request ends within its body");
    }
    return bytes;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      var size = CHUNK_SIZE.matcher(line == null ? "" : line);
      if (!size.matches()) {
        throw new BadMessage("A chunk of the body has no size");
      }
      left = MOST_BYTES_OF_HEAD;
      int length = room(Long.parseLong(size.group(1), 16), body.size());
      if (length == 0) {
        headers(); // trailers, which say nothing here
        return body.toByteArray();
      }
      body.writeBytes(exactly(length));
      if (!"".equals(line())) {
        throw new BadMessage("A chunk of the body is not as long as it says");
      }
    }
  }

  /** Returns a line without its end; null if nothing more comes. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int next = next(line.size()); next != '\n'; next = next(line.size())) {
      if (next < 0) {
        if (line.size() > 0) {
          throw new BadMessage("The request ends within a line");
        }
        return null;
      }
      if (--left < 0) {
        throw new BadMessage("The head has more than %d bytes".formatted(MOST_BYTES_OF_HEAD));
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (text.indexOf('\r') >= 0) {
      throw new BadMessage("A line has a CR in it");
    }
    return text;
  }

  private int next(int sofar) throws IOException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      if (sofar == 0 && left == MOST_BYTES_OF_HEAD) {
        return -1; // no further request
      }
      throw new BadMessage("The rest of the request did not come");
    }
  }
}
