package ru.elumenta.error;

import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies what an error body may hold so that it can travel to another process: JSON as it is, of
 * other values their text. Nothing can be changed in the copy.
 */
final class SerializableCopy {
  /** Deeper than Jackson reads, and less deep than Java can serialise. */
  private static final int MOST_DEPTH = 1_000;

  private SerializableCopy() {}

  static Map<String, @Nullable Object> of(Map<String, @Nullable Object> members) {
    return map(members, 0);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> members, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    members.forEach((name, value) -> copy.put(String.valueOf(name), value(value, depth + 1)));
    return Collections.unmodifiableMap(copy);
  }

  private static List<@Nullable Object> list(Collection<?> values, int depth) {
    List<@Nullable Object> copy = new ArrayList<>(values.size());
    values.forEach(value -> copy.add(value(value, depth + 1)));
    return Collections.unmodifiableList(copy);
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    if (value == null || isPlain(value)) {
      return value;
    }
    if (depth > MOST_DEPTH) {
      return "…";
    }
    if (value instanceof Map<?, ?> members) {
      return map(members, depth);
    }
    if (value instanceof Collection<?> values) {
      return list(values, depth);
    }
    if (value instanceof Object[] values) {
      return list(Arrays.asList(values), depth);
    }
    if (value instanceof Optional<?> optional) {
      return value(optional.orElse(null), depth);
    }
    return text(value);
  }

  /** Of the JDK's own numbers only: one of an application may hold anything. */
  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof URI
        || ((value instanceof Number
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof Date)
            && value.getClass().getName().startsWith("java."));
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException e) {
      return value.getClass().getName();
    }
  }
}
