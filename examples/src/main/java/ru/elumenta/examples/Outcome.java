package ru.elumenta.examples;

import java.util.ArrayList;
import java.util.List;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.ProviderException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ValidationException;

/** Says in one line how a call ended: with a result, or with an exception and what it carries. */
final class Outcome {
  private Outcome() {}

  static String of(Generation generation) {
    return "%s, %s, %d tokens"
        .formatted(
            generation.getStatus(),
            generation.fileUrl().or(generation::text).orElse("no result"),
            generation.tokensCharged().orElse(0));
  }

  static String of(ElumentaException e) {
    List<String> parts = new ArrayList<>();
    parts.add(e.getClass().getSimpleName());
    e.context().status().ifPresent(status -> parts.add(Integer.toString(status)));
    parts.addAll(extras(e));
    parts.add(cost(e));
    return String.join(", ", parts);
  }

  private static List<String> extras(ElumentaException e) {
    if (e instanceof InsufficientTokensException tokens) {
      return List.of(
          "%d needed, %d there, %d short"
              .formatted(
                  tokens.required().orElseThrow(),
                  tokens.available().orElseThrow(),
                  tokens.shortfall().orElseThrow()));
    }
    if (e instanceof ValidationException validation) {
      return validation.fields().stream().map(field -> "field " + field.field()).toList();
    }
    if (e instanceof RateLimitException limit) {
      return List.of(
          "come back in %d s".formatted(limit.retryAfter().orElseThrow().toSeconds()),
          "%d per hour".formatted(limit.limitHour().orElseThrow()));
    }
    if (e instanceof ProviderException provider) {
      return List.of("provider " + provider.provider().orElse("not named"));
    }
    if (e instanceof GenerationFailedException failed) {
      return List.of(failed.reason().toString());
    }
    return List.of();
  }

  private static String cost(ElumentaException e) {
    return switch (e.execution()) {
      case NOT_EXECUTED -> "cost nothing";
      case EXECUTED -> e instanceof GenerationFailedException ? "failed, not charged" : "executed";
      case UNKNOWN -> "may have cost tokens";
    };
  }
}
