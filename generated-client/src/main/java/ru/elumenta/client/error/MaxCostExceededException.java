package ru.elumenta.client.error;

import java.util.OptionalLong;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/** A generation was not sent, because it may cost more than the caller allowed. */
public final class MaxCostExceededException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final Long price; // null if no price is told
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
   * Returns what the generation may cost, in Elumenta tokens; empty if its options have no price
   * that the service tells.
   */
  public OptionalLong price() {
    return price == null ? OptionalLong.empty() : OptionalLong.of(price);
  }

  /** Returns what it was allowed to cost. */
  public long maxCost() {
    return maxCost;
  }

  @Override
  protected String happened() {
    String mayCost = price().isPresent() ? price().getAsLong() + " tokens" : "any number of tokens";
    return "%s was not sent: with %s it may cost %s, and %d are allowed"
        .formatted(call(), printable(model), mayCost, maxCost);
  }

  @Override
  protected String advice() {
    return "Allow more, or ask for less.";
  }
}
