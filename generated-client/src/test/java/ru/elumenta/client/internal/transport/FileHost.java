package ru.elumenta.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.FakeTime;
import ru.elumenta.client.GenerationId;
import ru.elumenta.client.Service;
import ru.elumenta.client.internal.transport.RawServer.Connection;
import ru.elumenta.client.internal.transport.RawServer.Received;
import ru.elumenta.client.internal.transport.RawServer.Script;
import ru.elumenta.client.model.Generation;

/** A storage host: what it answers to a request for a file, whole or cut off. */
final class FileHost {
  static final String TAG = "ETag: \"v1\"\r\n";
  private static final int WHOLE = Integer.MAX_VALUE;

  private FileHost() {}

  /** Some bytes, no two stretches of which are the same. */
  static byte[] file(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  /** Answers whole files and, if it is asked for them, ranges. */
  static Script serving(byte[] file) {
    return serving(file, TAG, WHOLE);
  }

  /**
   * Answers, and closes the connection after so many bytes of the answer.
   *
   * @param validator the header that ranges depend on
   */
  static Script serving(byte[] file, String validator, int cutAfter) {
    return conn -> {
      Received request = conn.readRequest();
      List<String> range = request.values("Range");
      List<String> ifRange = request.values("If-Range");
      boolean isRange =
          !range.isEmpty() && validator.contains(ifRange.isEmpty() ? "?" : ifRange.get(0));
      int from = isRange ? Integer.parseInt(range.get(0).replaceAll("\\D", "")) : 0;
      String status =
          isRange
              ? "206 Partial Content\r\nContent-Range: bytes %d-%d/%d"
                  .formatted(from, file.length - 1, file.length)
              : "200 OK";
      send(conn, answer(status, validator, Arrays.copyOfRange(file, from, file.length)), cutAfter);
    };
  }

  /** Answers whole files whatever it is asked for, and closes the connection early. */
  static Script withoutRanges(byte[] file, int cutAfter) {
    return conn -> {
      conn.readRequest();
      send(conn, answer("200 OK", "", file), cutAfter);
    };
  }

  static Script answering(String statusAndHeaders, String body) {
    return conn -> {
      conn.readRequest();
      conn.write(answer(statusAndHeaders, "", body.getBytes(StandardCharsets.UTF_8)));
    };
  }

  static Script redirecting(String location) {
    return answering("302 Found\r\nLocation: " + location, "");
  }

  static byte[] answer(String statusAndHeaders, String validator, byte[] body) {
    String head =
        "HTTP/1.1 %s\r\n%sContent-Type: image/webp\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(statusAndHeaders, validator, body.length);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(body);
    return answer.toByteArray();
  }

  private static void send(Connection conn, byte[] answer, int cutAfter) throws IOException {
    conn.write(Arrays.copyOf(answer, Math.min(cutAfter, answer.length)));
    if (cutAfter < answer.length) {
      conn.close();
    }
  }

  /** A client whose service is on this machine, so that files may be, too. */
  static ElumentaClientBuilder client(RawServer host) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .baseUrl("http://127.0.0.1:" + host.port())
        .attemptTimeout(Duration.ofSeconds(30))
        .timeSource(new FakeTime());
  }

  /** A generation whose file is there. */
  static Generation image(RawServer host) {
    return imageAt(url(host));
  }

  static Generation imageAt(String url) {
    return new Generation().id(GenerationId.of("18491")).resultUrl(url);
  }

  static String url(RawServer host) {
    return "http://127.0.0.1:" + host.port() + "/generations/18491.webp?signature=SECRETSIGNATURE";
  }
}
