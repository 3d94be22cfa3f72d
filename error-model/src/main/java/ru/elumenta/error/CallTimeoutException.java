package ru.elumenta.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** No whole response in the time that the attempt or the call had. */
public final class CallTimeoutException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final Duration limit;

  /**
   * Creates the exception.
   *
   * @param limit the time that ran out
   */
  public CallTimeoutException(ErrorContext context, Duration limit, @Nullable Throwable cause) {
    super(context, cause);
    this.limit = limit;
  }

  /** Returns the time that ran out. */
  public Duration limit() {
    return limit;
  }

  @Override
  public boolean isTransient() {
    return true;
  }

  @Override
  protected String happened() {
    return call() + " got no whole response within " + Sentences.seconds(limit);
  }

  @Override
  protected String advice() {
    return "Give the call more time, or try again later.";
  }
}
