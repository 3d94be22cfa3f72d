package ru.elumenta.client.error;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * The client was making as many calls at once as {@code maxConcurrentCalls} allows, and none ended
 * within the time of this one. Nothing was sent.
 */
public final class TooManyCallsException extends ElumentaException {
  private static final long serialVersionUID = 1;

  private final int limit;

  /**
   * Creates the exception.
   *
   * @param limit how many calls there may be at once
   */
  public TooManyCallsException(ErrorContext context, int limit) {
    super(context, null);
    this.limit = limit;
  }

  /** Returns how many calls there may be at once. */
  public int limit() {
    return limit;
  }

  @Override
  protected String happened() {
    return "%s was not sent: the client already makes %d calls at once, as many as it may, and none"
            .formatted(call(), limit)
        + " ended in time.";
  }

  @Override
  protected String advice() {
    return "Call again later, give calls more time, or raise maxConcurrentCalls.";
  }
}
