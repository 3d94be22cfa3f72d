package ru.elumenta.error;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted, or the client closed, before the call ended. The thread's
 * interrupt flag is kept, and no further request was sent.
 */
public final class CallInterruptedException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String phase;

  /**
   * Creates the exception.
   *
   * @param phase what the call was doing, as in "while waiting for the response"
   */
  public CallInterruptedException(ErrorContext context, String phase, @Nullable Throwable cause) {
    super(context, cause);
    this.phase = phase;
  }

  @Override
  protected String happened() {
    return call() + " was interrupted " + phase;
  }

  @Override
  protected String advice() {
    if (context().generationId().isPresent()) {
      return "The generation goes on running; attach to it by its id.";
    }
    if (execution() == Execution.NOT_EXECUTED || FreeOfCharge.isRead(context())) {
      return "It is safe to send it again.";
    }
    return FreeOfCharge.is(context())
        ? "Look whether it took effect before sending it again."
        : "Look at GET /user/history before sending it again.";
  }
}
