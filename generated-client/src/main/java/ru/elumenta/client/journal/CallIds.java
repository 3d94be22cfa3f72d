package ru.elumenta.client.journal;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of calls: a random UUID each, or up to 256 that differ in their last eight bits. Asking for
 * random bits takes a microsecond and the one lock of their source, which all threads of a busy
 * process would wait for. No random bits are used for longer than the JDK itself keeps what it has
 * read of the system's source: processes that are resumed from one snapshot must not give the same
 * ids. Thread-safe.
 */
final class CallIds {
  private static final int COUNT = 256;
  private static final int PREPARED_AT = COUNT / 2;
  private static final long KEPT_MILLIS = 100;

  private static volatile Series series = new Series();

  private CallIds() {}

  static String next() {
    Series current = series;
    if (!current.isFresh()) {
      current = new Series();
      series = current;
    }
    int index = current.used.getAndIncrement();
    if (index == PREPARED_AT) { // by one thread, while the others have some left
      series = new Series();
    }
    UUID id = index >= 0 && index < COUNT ? current.id(index) : UUID.randomUUID();
    return id.toString();
  }

  private static final class Series {
    final AtomicInteger used = new AtomicInteger();
    private final UUID random = UUID.randomUUID();
    private final long since = System.currentTimeMillis();

    boolean isFresh() {
      long age = System.currentTimeMillis() - since;
      return age >= 0 && age <= KEPT_MILLIS;
    }

    UUID id(int index) {
      return new UUID(
          random.getMostSignificantBits(), random.getLeastSignificantBits() & -COUNT | index);
    }
  }
}
