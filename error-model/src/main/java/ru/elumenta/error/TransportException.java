package ru.elumenta.error;

import org.jspecify.annotations.Nullable;

/**
 * No whole response: the connection could not be made, or broke. {@link #execution()} is {@code
 * NOT_EXECUTED} only if the request provably never left.
 */
public final class TransportException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final boolean isTransient;

  /**
   * Creates the exception.
   *
   * @param problem what went wrong, in a few words, without anything of the request
   */
  public TransportException(ErrorContext context, String problem, @Nullable Throwable cause) {
    this(context, problem, true, cause);
  }

  private TransportException(
      ErrorContext context, String problem, boolean isTransient, @Nullable Throwable cause) {
    super(context, cause);
    this.problem = problem;
    this.isTransient = isTransient;
  }

  /** Creates one of a problem that stays until somebody corrects something. */
  public static TransportException lasting(
      ErrorContext context, String problem, @Nullable Throwable cause) {
    return new TransportException(context, problem, false, cause);
  }

  @Override
  public boolean isTransient() {
    return isTransient;
  }

  @Override
  protected String happened() {
    return call() + " got no whole response: " + printable(problem);
  }

  @Override
  protected String advice() {
    if (!isTransient) {
      return "Trying again does not help before that is done.";
    }
    return execution() == Execution.NOT_EXECUTED
        ? "Check host, port, network and proxy; it is safe to try again."
        : "Check network and proxy.";
  }
}
