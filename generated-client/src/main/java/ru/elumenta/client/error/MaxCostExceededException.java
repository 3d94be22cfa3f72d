package ru.elumenta.client.error;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/** A generation was not sent, because it may cost more than the caller allowed. */
public final class MaxCostExceededException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final @Nullable Long price; // null if no price is told
  private final long maxCost;

  /** Creates the exception for a price above the limit. */
  public MaxCostExceededException(
      ErrorContext context, String model, OptionalLong price, long maxCost) {
    super(context, null);
    this.model = model;
    this.price = price.isPresent() ? price.getAsLong() : null;
    this.maxCost = maxCost;
  }

  /** Returns the slug of the model. */
  public String model() {
    return model;
  }

  /**
   * Returns what the generation may cost, in Elumenta tokens, rounded up; empty if its options have
   * no price that the service tells, or if what it told is no price.
   */
  public OptionalLong price() {
    return price == null ? OptionalLong.empty() : OptionalLong.of(price);
  }

  /** Returns what it was allowed to cost. */
  public long maxCost() {
    return maxCost;
  }

  /** Returns model and price in words, for example {@code dall-e-3 may cost 40 tokens}. */
  public String mayCost() {
    return "%s may cost %s".formatted(printable(model), tokens());
  }

  private String tokens() {
    return price().isPresent() ? price().getAsLong() + " tokens" : "any number of tokens";
  }

  @Override
  protected String happened() {
    return "%s was not sent: with %s it may cost %s, and %d are allowed"
        .formatted(call(), printable(model), tokens(), maxCost);
  }

  @Override
  protected String advice() {
    return "Allow more, or ask for less.";
  }
}
