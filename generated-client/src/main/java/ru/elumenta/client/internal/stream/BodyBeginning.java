package ru.elumenta.client.internal.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ru.elumenta.client.internal.transport.ReceivedBody;

/**
 * As much of a body as is kept of every answer: a mebibyte. Filled by one thread; its text may be
 * asked for by any.
 */
final class BodyBeginning {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Takes what has arrived, which stays as it is. */
  void add(List<ByteBuffer> arrived) {
    for (ByteBuffer buffer : arrived) {
      int length = Math.min(buffer.remaining(), ReceivedBody.MOST_BYTES_KEPT - bytes.size());
      byte[] piece = new byte[length];
      buffer.get(buffer.position(), piece);
      bytes.writeBytes(piece);
    }
  }

  /** Takes a body that was read as a whole. */
  void add(String body) {
    int characters = Math.min(body.length(), ReceivedBody.MOST_BYTES_KEPT);
    add(List.of(StandardCharsets.UTF_8.encode(body.substring(0, characters))));
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
