package ru.elumenta.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script that Redis runs as one step: nothing else happens meanwhile. Known there by its SHA-1.
 *
 * @param name for sentences
 * @param text Lua
 * @param sha of the text
 */
record Script(String name, String text, String sha) {
  /** Returns the one in the resource of that name, beside this class, without the ending. */
  static Script of(String name) {
    return ofText(name, text(name));
  }

  /** The same, with another before it, which declares what several need. */
  static Script of(String name, String before) {
    return ofText(name, text(before) + text(name));
  }

  private static String text(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("The script " + name + " is not in the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Script ofText(String name, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(name, text, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-1.", e);
    }
  }
}
