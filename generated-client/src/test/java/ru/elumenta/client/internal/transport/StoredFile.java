package ru.elumenta.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import ru.elumenta.client.internal.transport.RawServer.Received;
import ru.elumenta.client.internal.transport.RawServer.Script;

/** A file as a storage host keeps it, and the hosts' ways to send it. */
record StoredFile(byte[] bytes, String validator) {
  static final String TAG = "ETag: \"v1\"";
  static final String DATE = "Last-Modified: Sun, 08 Mar 2026 11:00:00 GMT";

  /** A file of so many bytes, which a host knows by an ETag. */
  static StoredFile of(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return new StoredFile(bytes, TAG);
  }

  StoredFile with(String header) {
    return new StoredFile(bytes, header);
  }

  String url(RawServer server) {
    return "http://127.0.0.1:" + server.port() + "/generations/18491.webp";
  }

  /** The answer to a request without a range. */
  byte[] whole() {
    return join(
        "HTTP/1.1 200 OK\r\nContent-Type: image/webp\r\nContent-Length: %d\r\n%s\r\n\r\n"
            .formatted(bytes.length, validator),
        bytes);
  }

  /** The answer to the request for the rest. */
  byte[] rest(int from) {
    return join(
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n%s\r\n\r\n"
            .formatted(from, bytes.length - 1, bytes.length, bytes.length - from, validator),
        Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** The answer of a host that gives ranges, to whatever is asked. */
  byte[] answerTo(Received request) {
    boolean isSame =
        request.values("If-Range").stream().allMatch(asked -> validator.endsWith(": " + asked));
    return request.values("Range").isEmpty() || !isSame ? whole() : rest(start(request));
  }

  static int start(Received request) {
    return Integer.parseInt(request.values("Range").get(0).replaceAll("\\D", ""));
  }

  /** A host that sends the file to whoever asks. */
  Script host() {
    return conn -> {
      while (true) {
        conn.write(answerTo(conn.readRequest()));
      }
    };
  }

  /** A host that sends no more than so many bytes of an answer, headers included. */
  Script breakingAfter(int bytesOfAnswer) {
    return conn -> {
      byte[] answer = answerTo(conn.readRequest());
      conn.write(Arrays.copyOf(answer, Math.min(bytesOfAnswer, answer.length)));
      conn.close();
    };
  }

  static byte[] join(String head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }
}
