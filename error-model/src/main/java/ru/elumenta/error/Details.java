package ru.elumenta.error;

import java.util.Optional;
import java.util.OptionalLong;

/** Typed views of the members of an error body. */
final class Details {
  private Details() {}

  static OptionalLong number(ErrorContext context, String name) {
    return Numbers.wholeNumber(context.details().get(name)).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  static Optional<String> text(ErrorContext context, String name) {
    return context.details().get(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
