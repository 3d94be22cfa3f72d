package ru.elumenta.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts with the first of some AES keys, decrypts with whichever fits: AES-GCM, a nonce of 96
 * random bits and a tag of 128, bound to the name of what is encrypted, so that a value cannot be
 * put in another's place. Thread-safe.
 */
final class TokenKeys {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final String FORM = "v1.";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<SecretKey> keys;

  TokenKeys(List<SecretKey> keys) {
    this.keys = List.copyOf(keys);
    this.keys.forEach(TokenKeys::check);
  }

  /** A key that cannot be used is noticed before anything depends on it. */
  private static void check(SecretKey key) {
    if (!"AES".equalsIgnoreCase(key.getAlgorithm())) {
      throw new IllegalArgumentException("The encryption key must be one for AES.");
    }
    try {
      Cipher.getInstance(ALGORITHM).init(Cipher.ENCRYPT_MODE, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The encryption key must have 16, 24 or 32 bytes.", e);
    }
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  String encrypt(String name, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, name);
      byte[] hidden = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
      System.arraycopy(hidden, 0, all, NONCE_BYTES, hidden.length);
      return FORM + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this JVM.", e);
    }
  }

  /**
   * Returns what was encrypted under this name.
   *
   * @throws IllegalArgumentException if none of the keys fits, or it was changed, with a sentence
   *     that shows nothing of it
   */
  String decrypt(String name, String hidden) {
    if (!hidden.startsWith(FORM)) {
      throw new IllegalArgumentException("It is in a form that is not known here.");
    }
    byte[] all;
    try {
      all = Base64.getDecoder().decode(hidden.substring(FORM.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("It is damaged.");
    }
    if (all.length <= NONCE_BYTES) {
      throw new IllegalArgumentException("It is damaged.");
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    for (SecretKey key : keys) {
      try {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, name);
        byte[] text = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        return new String(text, StandardCharsets.UTF_8);
      } catch (AEADBadTagException e) {
        // another key's
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM does not work in this JVM.", e);
      }
    }
    throw new IllegalArgumentException(
        "It was encrypted with a key that this machine does not have, or it was changed.");
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Shows how many there are. */
  @Override
  public String toString() {
    return keys.isEmpty() ? "no encryption key" : keys.size() + " encryption key(s)";
  }
}
