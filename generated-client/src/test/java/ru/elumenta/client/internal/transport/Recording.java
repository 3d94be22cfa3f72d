package ru.elumenta.client.internal.transport;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.SpeechFile;

/** A recording, and what became of the streams that it was read from. */
final class Recording {
  static final String WRITTEN =
      "{\"id\":18510,\"status\":\"completed\",\"model_slug\":\"whisper\","
          + "\"result_text\":\"Hello and welcome…\",\"tokens_spent\":2,\"processing_ms\":3420}";

  private final byte[] bytes;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private Recording(int length) {
    this.bytes = new byte[length];
    new Random(length).nextBytes(bytes);
  }

  static Recording of(int length) {
    return new Recording(length);
  }

  byte[] bytes() {
    return bytes;
  }

  /** A recording that can be opened again, and that claims to have so many bytes. */
  SpeechFile file(long length) {
    return SpeechFile.of("speech.mp3", this::stream, length);
  }

  SpeechFile file() {
    return file(bytes.length);
  }

  InputStream stream() {
    opened.incrementAndGet();
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      private boolean isClosed;

      @Override
      public synchronized void close() throws IOException {
        if (!isClosed) {
          isClosed = true;
          closed.incrementAndGet();
        }
      }
    };
  }

  int opened() {
    return opened.get();
  }

  /** Returns whether all streams are closed, at the latest after this time. */
  boolean isClosedWithin(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (closed.get() < opened.get() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return opened.get() > 0 && closed.get() == opened.get();
  }

  static String json(int status, String body, String... headers) {
    return "HTTP/1.1 %d Any\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(
            status, body.getBytes(StandardCharsets.UTF_8).length, String.join("", headers), body);
  }

  static String error(int status, String code, String... headers) {
    return json(status, "{\"error\":\"" + code + "\",\"message\":\"no\"}", headers);
  }
}
