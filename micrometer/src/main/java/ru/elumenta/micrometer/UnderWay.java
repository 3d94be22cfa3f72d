package ru.elumenta.micrometer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What has begun and not ended, by the object that a listener is handed: the same one each time,
 * and perhaps equal to that of another client. Thread-safe.
 */
final class UnderWay<K, V> {
  private final Map<Same, V> running = new ConcurrentHashMap<>();

  private static final class Same {
    private final Object object;

    Same(Object object) {
      this.object = object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Same same && same.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  void begin(K key, V value) {
    running.put(new Same(key), value);
  }

  @Nullable V of(K key) {
    return running.get(new Same(key));
  }

  @Nullable V end(K key) {
    return running.remove(new Same(key));
  }

  int size() {
    return running.size();
  }
}
