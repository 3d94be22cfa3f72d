package ru.elumenta.error;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the refused fields of a 422 body: {@code fields} as documented, and {@code detail} as the
 * framework the service seems to stand on writes it by default ({@code loc}, {@code msg}).
 */
final class FieldErrors {
  private FieldErrors() {}

  static List<FieldError> read(Map<String, @Nullable Object> details) {
    Object listed = details.get("fields") != null ? details.get("fields") : details.get("detail");
    if (listed instanceof Map<?, ?> byName) {
      return byName.entrySet().stream()
          .map(entry -> new FieldError(text(entry.getKey()), text(entry.getValue())))
          .toList();
    }
    if (!(listed instanceof List<?> entries)) {
      return List.of();
    }
    return entries.stream().map(FieldErrors::field).filter(Objects::nonNull).toList();
  }

  private static @Nullable FieldError field(@Nullable Object entry) {
    if (entry instanceof String message) {
      return new FieldError("", message);
    }
    if (!(entry instanceof Map<?, ?> members)) {
      return null;
    }
    Object name = members.get("field") != null ? members.get("field") : members.get("loc");
    Object message = members.get("message") != null ? members.get("message") : members.get("msg");
    return new FieldError(text(name), text(message));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> path) {
      return path.stream().map(FieldErrors::text).collect(Collectors.joining("."));
    }
    return value == null ? "" : value.toString();
  }
}
