package ru.elumenta.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.client.session.StoredSession.RefreshForm;

/** Sessions and keys for the tests. */
final class Sessions {
  static final SecretKey KEY = key("a key of sixteen");
  static final SecretKey OTHER_KEY = key("another key for the rotation, 32");

  private Sessions() {}

  static SecretKey key(String text) {
    return new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), "AES");
  }

  static StoredSession numbered(int number) {
    Instant now = Instant.parse("2026-03-08T12:00:00Z");
    return StoredSession.of(
        "access." + number, now, now.plusSeconds(900), "refresh." + number, RefreshForm.BODY);
  }
}
