package ru.elumenta.client;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/** A generation was not sent, because it may cost more than the caller allowed. */
public final class MaxCostExceededException extends ElumentaException {
  private final String model;
  private final long price;
  private final long maxCost;

  MaxCostExceededException(ErrorContext context, String model, long price, long maxCost) {
    super(context, null);
    this.model = model;
    this.price = price;
    this.maxCost = maxCost;
  }

  /** Returns the slug of the model. */
  public String model() {
    return model;
  }

  /** Returns what the generation may cost, in Elumenta tokens. */
  public long price() {
    return price;
  }

  /** Returns what it was allowed to cost. */
  public long maxCost() {
    return maxCost;
  }

  @Override
  protected String happened() {
    return "%s was not sent: with %s it may cost %d tokens, and %d are allowed"
        .formatted(call(), printable(model), price, maxCost);
  }

  @Override
  protected String advice() {
    return "Allow more, or ask for less.";
  }
}
