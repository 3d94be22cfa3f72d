package ru.elumenta.client.event;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Headers for those who look at them, which few listeners do: made when first asked for. Cannot be
 * changed, is looked up without regard to case. Thread-safe.
 */
final class HeadersOnDemand extends AbstractMap<String, Collection<String>> {
  private final Supplier<Map<String, Collection<String>>> source;
  private volatile @Nullable Map<String, Collection<String>> headers;

  /**
   * Creates headers.
   *
   * @param source what makes them, the same whenever it is asked
   */
  HeadersOnDemand(Supplier<Map<String, Collection<String>>> source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Returns such headers as these, which may change afterwards. */
  static Map<String, Collection<String>> copyOf(Map<String, Collection<String>> headers) {
    return headers instanceof HeadersOnDemand ? headers : unmodifiable(headers);
  }

  private static Map<String, Collection<String>> unmodifiable(
      Map<String, Collection<String>> headers) {
    Map<String, Collection<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }

  private Map<String, Collection<String>> headers() {
    Map<String, Collection<String>> made = headers;
    if (made == null) {
      made = unmodifiable(source.get());
      headers = made; // whoever makes them at the same time makes the same
    }
    return made;
  }

  @Override
  public Set<Entry<String, Collection<String>>> entrySet() {
    return headers().entrySet();
  }

  @Override
  public @Nullable Collection<String> get(Object name) {
    return headers().get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return headers().containsKey(name);
  }
}
