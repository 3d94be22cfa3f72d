package ru.elumenta.client.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results in other shapes than the documented ones: they are what the caller came for. */
final class ResultShapes {
  private ResultShapes() {}

  /** The text of the first of these members that has one: of parts, all texts in their order. */
  static Optional<String> text(Map<String, Object> members, String... names) {
    return first(
        members,
        raw ->
            parts(raw)
                .map(part -> part instanceof Map<?, ?> named ? named.get("text") : part)
                .filter(String.class::isInstance)
                .map(Object::toString)
                .collect(Collectors.joining()),
        names);
  }

  /** The first address in the first of these members that has one. */
  static Optional<String> address(Map<String, Object> members, String... names) {
    return first(
        members,
        raw ->
            parts(raw)
                .map(part -> part instanceof Map<?, ?> named ? named.get("url") : part)
                .filter(part -> part instanceof String text && !text.isBlank())
                .map(Object::toString)
                .findFirst()
                .orElse(null),
        names);
  }

  private static Stream<?> parts(Object raw) {
    return raw instanceof List<?> list ? list.stream() : Stream.of(raw);
  }

  private static Optional<String> first(
      Map<String, Object> members, Function<Object, String> reading, String... names) {
    return Stream.of(names)
        .map(members::get)
        .filter(Objects::nonNull)
        .map(reading)
        .filter(read -> read != null && !read.isBlank())
        .findFirst();
  }

  /** Whether a time is named at which it ended, under the documented name or an obvious one. */
  static boolean hasEnded(GenerationView view) {
    return view.getCompletedAt() != null
        || Stream.of("finished_at", "ended_at", "failed_at", "cancelled_at", "canceled_at")
            .map(view.getAdditionalProperties()::get)
            .anyMatch(ResultShapes::isTime);
  }

  private static boolean isTime(Object raw) {
    boolean startsWithYear = raw instanceof String text && text.matches("(?s)\\d{4}-\\d{2}-.*");
    return startsWithYear || raw instanceof Number number && number.doubleValue() > 0;
  }
}
