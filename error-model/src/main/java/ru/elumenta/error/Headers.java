package ru.elumenta.error;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Response headers but cookies, looked up without regard to case. */
final class Headers implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A refresh token may travel in a cookie. */
  private static final Set<String> NOT_KEPT = Set.of("set-cookie", "set-cookie2");

  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  static Headers copyOf(Map<String, ? extends Collection<String>> headers) {
    return copyOf(headers, UnaryOperator.identity());
  }

  static Headers copyOf(
      Map<String, ? extends Collection<String>> headers, UnaryOperator<String> eachValue) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, all) -> {
          if (name != null && all != null && !NOT_KEPT.contains(name.toLowerCase(Locale.ROOT))) {
            List<String> values = copy.computeIfAbsent(name, each -> new ArrayList<>());
            all.stream().filter(Objects::nonNull).map(eachValue).forEach(values::add);
          }
        });
    copy.replaceAll((name, all) -> List.copyOf(all));
    return new Headers(copy);
  }

  Map<String, List<String>> asMap() {
    return values;
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }
}
