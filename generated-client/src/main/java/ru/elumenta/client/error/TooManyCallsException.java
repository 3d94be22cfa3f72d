package ru.elumenta.client.error;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * The client was making as many calls at once as {@code maxConcurrentCalls} allows, or all that
 * share its {@linkplain ru.elumenta.client.pacing.Pacing pacing} as many requests as that allows,
 * and none ended within the time of this one. Nothing was sent.
 */
public final class TooManyCallsException extends ElumentaException {
  private static final long serialVersionUID = 1;

  private final int limit;
  private final boolean isOfPacing;

  /**
   * Creates the exception.
   *
   * @param limit how many calls there may be at once
   */
  public TooManyCallsException(ErrorContext context, int limit) {
    this(context, limit, false);
  }

  private TooManyCallsException(ErrorContext context, int limit, boolean isOfPacing) {
    super(context, null);
    this.limit = limit;
    this.isOfPacing = isOfPacing;
  }

  /**
   * Creates the exception of a request that its pacing held back.
   *
   * @param limit how many requests of all that share the pacing there may be at once
   */
  public static TooManyCallsException ofPacing(ErrorContext context, int limit) {
    return new TooManyCallsException(context, limit, true);
  }

  /** Returns how many calls, or requests of all that share the pacing, there may be at once. */
  public int limit() {
    return limit;
  }

  @Override
  protected String happened() {
    if (isOfPacing) {
      return "%s was not sent: %d requests of all that share its pacing are under way, as many as"
              .formatted(call(), limit)
          + " there may be at once, and none ended in time.";
    }
    return "%s was not sent: the client already makes %d calls at once, as many as it may, and none"
            .formatted(call(), limit)
        + " ended in time.";
  }

  @Override
  protected String advice() {
    return "Call again later, give calls more time, or raise "
        + (isOfPacing ? "the limit of the pacing." : "maxConcurrentCalls.");
  }
}
