package ru.elumenta.client.batch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A hash of all rows so far: each goes into that of all later ones. Used by one thread. */
final class InputHash {
  private static final int KEPT = 8;

  private final MessageDigest digest = sha256();
  private byte[] soFar = {};

  InputHash(List<String> columns) {
    add(columns);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has it.", e);
    }
  }

  /** Adds a row, and returns the hash with it. */
  String add(List<String> cells) {
    digest.update(soFar);
    for (String cell : cells) {
      byte[] text = cell.getBytes(StandardCharsets.UTF_8);
      digest.update((text.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(text);
    }
    soFar = digest.digest();
    return HexFormat.of().formatHex(soFar, 0, KEPT);
  }

  /** A hash of one text. */
  static String of(String text) {
    return new InputHash(List.of(text)).add(List.of());
  }
}
