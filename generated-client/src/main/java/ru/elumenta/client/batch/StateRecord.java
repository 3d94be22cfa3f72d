package ru.elumenta.client.batch;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of the state of a batch: a checksum, the letter of its kind, and words. See {@link
 * BatchState} for the kinds.
 */
final class StateRecord {
  private static final int CHECKSUM_LENGTH = 8;

  private StateRecord() {}

  static byte[] line(char kind, Object... words) {
    StringBuilder text = new StringBuilder().append(kind);
    for (Object word : words) {
      text.append(' ').append(word);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return (checksum(bytes, 0, bytes.length) + ' ' + text + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the words of a line, the kind first; null if it is not as it was written. */
  static String @Nullable [] words(byte[] bytes, int length) {
    int start = CHECKSUM_LENGTH + 1;
    if (length <= start || bytes[CHECKSUM_LENGTH] != ' ') {
      return null;
    }
    String sum = new String(bytes, 0, CHECKSUM_LENGTH, StandardCharsets.US_ASCII);
    return checksum(bytes, start, length).equals(sum)
        ? new String(bytes, start, length - start, StandardCharsets.UTF_8).split(" ")
        : null;
  }

  private static String checksum(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** An id may have spaces, which part words. */
  static String word(String text) {
    return text.isEmpty()
        ? "%"
        : text.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A").replace("\r", "%0D");
  }

  static String text(String word) {
    return word.equals("%")
        ? ""
        : word.replace("%0D", "\r").replace("%0A", "\n").replace("%20", " ").replace("%25", "%");
  }
}
