package ru.elumenta.client.journal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of calls: random UUIDs. {@link UUID#randomUUID()} would have all threads wait for the one
 * lock of its source, so who calls often has several made at once, ahead of time. None is kept for
 * longer than the JDK keeps what it has read of the system's source: processes that are resumed
 * from one snapshot must not give the same ids. Thread-safe.
 */
final class CallIds {
  private static final int MOST = 256;
  private static final long KEPT_MILLIS = 100;
  private static final SecureRandom SOURCE = new SecureRandom();

  private static volatile Supply supply = new Supply(1);

  private CallIds() {}

  static String next() {
    Supply current = supply;
    if (!current.isFresh()) {
      current = new Supply(1);
      supply = current;
    }
    int index = current.used.getAndIncrement();
    if (index == current.count * 3 / 4) { // one thread prepares for all, while some are left
      supply = new Supply(Math.min(MOST, current.count * 2));
    }
    UUID id = index >= 0 && index < current.count ? current.id(index) : new Supply(1).id(0);
    return id.toString();
  }

  private static final class Supply {
    final int count;
    final AtomicInteger used = new AtomicInteger();
    private final ByteBuffer random;
    private final long since = System.currentTimeMillis();

    Supply(int count) {
      byte[] bytes = new byte[count * 2 * Long.BYTES];
      SOURCE.nextBytes(bytes);
      this.count = count;
      this.random = ByteBuffer.wrap(bytes);
    }

    boolean isFresh() {
      long age = System.currentTimeMillis() - since;
      return age >= 0 && age <= KEPT_MILLIS;
    }

    /** Version 4, variant 2, as RFC 9562 lays a random UUID out. */
    UUID id(int index) {
      int at = index * 2 * Long.BYTES;
      long high = random.getLong(at) & ~0xF000L | 0x4000L;
      long low = random.getLong(at + Long.BYTES) & 0x3FFFFFFFFFFFFFFFL | Long.MIN_VALUE;
      return new UUID(high, low);
    }
  }
}
