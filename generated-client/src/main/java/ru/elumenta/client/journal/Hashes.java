package ru.elumenta.client.journal;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of texts and of JSON values: the first 128 bits of SHA-256, which nobody meets by chance.
 * Values that mean the same hash the same: in any order of members, {@code 1} and {@code 1.0}, an
 * absent member and null.
 */
final class Hashes {
  private static final int BYTES_KEPT = 16;

  private Hashes() {}

  static String ofText(String text) {
    return text(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String ofJson(@Nullable Object value) {
    MessageDigest digest = digest();
    add(digest, value);
    return text(digest.digest());
  }

  /** Every value says its kind and length, so that no two can be written the same way. */
  private static void add(MessageDigest digest, @Nullable Object value) {
    if (value == null) {
      digest.update((byte) 'n');
    } else if (value instanceof Map<?, ?> members) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      members.forEach(
          (name, member) -> {
            if (member != null) {
              sorted.put(String.valueOf(name), member);
            }
          });
      addHead(digest, '{', sorted.size());
      sorted.forEach(
          (name, member) -> {
            addText(digest, 's', name);
            add(digest, member);
          });
    } else if (value instanceof Collection<?> elements) {
      addHead(digest, '[', elements.size());
      elements.forEach(element -> add(digest, element));
    } else if (value instanceof Object[] elements) {
      add(digest, Arrays.asList(elements));
    } else if (value instanceof Boolean) {
      addText(digest, 'b', value.toString());
    } else if (value instanceof Number number) {
      addText(digest, 'd', plain(number));
    } else {
      addText(digest, 's', value.toString());
    }
  }

  /** Returns a number the same way however it was written. */
  static String plain(Number number) {
    try {
      return new BigDecimal(number.toString()).stripTrailingZeros().toString();
    } catch (NumberFormatException e) { // infinite, or none
      return number.toString();
    }
  }

  private static void addText(MessageDigest digest, char kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    addHead(digest, kind, bytes.length);
    digest.update(bytes);
  }

  private static void addHead(MessageDigest digest, char kind, int size) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).flip());
  }

  private static String text(byte[] digest) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, BYTES_KEPT));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
