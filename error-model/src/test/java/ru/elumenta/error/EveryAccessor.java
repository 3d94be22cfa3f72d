package ru.elumenta.error;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks an exception everything that it can be asked. */
final class EveryAccessor {
  private EveryAccessor() {}

  static List<Object> of(ElumentaException failure) {
    ErrorContext context = failure.context();
    List<Object> answers =
        new ArrayList<>(
            Arrays.asList(
                failure.execution(),
                failure.retryAfter(),
                failure.isTransient(),
                failure.getMessage(),
                failure.toString(),
                context.method(),
                context.path(),
                context.status(),
                context.code(),
                context.rawCode(),
                context.serverMessage(),
                context.details(),
                context.rawBody(),
                context.headers(),
                context.header("date"),
                context.requestId(),
                context.attempts(),
                context.elapsed(),
                context.occurredAt(),
                context.rateLimits(),
                context.retryAfter(),
                context.generationId(),
                context.remark(),
                context.toString()));
    if (failure instanceof InsufficientTokensException tokens) {
      answers.addAll(Arrays.asList(tokens.required(), tokens.available(), tokens.shortfall()));
    } else if (failure instanceof RateLimitException limit) {
      answers.addAll(
          Arrays.asList(limit.retryAt(), limit.limitHour(), limit.limitDay(), limit.plan()));
    } else if (failure instanceof ValidationException validation) {
      answers.addAll(validation.fields());
    } else if (failure instanceof ProviderException provider) {
      answers.add(provider.provider());
    }
    return answers;
  }
}
