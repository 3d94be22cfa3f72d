package ru.elumenta.error;

import java.util.OptionalLong;

/**
 * The token balance does not cover the call: HTTP 402, {@code insufficient_tokens}. The balance
 * need not be zero (page: guides/error-handling, whose sample has 3 of 8).
 */
public final class InsufficientTokensException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public InsufficientTokensException(ErrorContext context) {
    super(context, null);
  }

  /** Returns the tokens the call costs, if the response said. */
  public OptionalLong required() {
    return Details.number(context(), "required");
  }

  /** Returns the tokens the account has, if the response said. */
  public OptionalLong available() {
    return Details.number(context(), "available");
  }

  /** Returns the tokens that are missing, if the response said enough to tell; never negative. */
  public OptionalLong shortfall() {
    if (required().isEmpty() || available().isEmpty()) {
      return OptionalLong.empty();
    }
    long required = required().getAsLong();
    long available = available().getAsLong();
    try {
      return OptionalLong.of(Math.max(0, Math.subtractExact(required, available)));
    } catch (ArithmeticException absurdNumbers) {
      return OptionalLong.of(required > available ? Long.MAX_VALUE : 0);
    }
  }

  @Override
  protected String advice() {
    String lack = shortfall().isPresent() ? " " + shortfall().getAsLong() + " tokens" : "";
    return "Top up%s at https://elumenta.ru/web/billing, or use a cheaper model or smaller parameters."
        .formatted(lack);
  }
}
