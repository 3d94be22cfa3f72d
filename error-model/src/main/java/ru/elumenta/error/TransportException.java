package ru.elumenta.error;

import org.jspecify.annotations.Nullable;

/**
 * No whole response: the connection could not be made, or broke. {@link #execution()} is {@code
 * NOT_EXECUTED} only if the request provably never left.
 */
public final class TransportException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * Creates the exception.
   *
   * @param problem what went wrong, in a few words, without anything of the request
   */
  public TransportException(ErrorContext context, String problem, @Nullable Throwable cause) {
    super(context, cause);
    this.problem = problem;
  }

  @Override
  public boolean isTransient() {
    return true;
  }

  @Override
  protected String happened() {
    return call() + " got no whole response: " + printable(problem);
  }

  @Override
  protected String advice() {
    return execution() == Execution.NOT_EXECUTED
        ? "Check host, port, network and proxy; it is safe to try again."
        : "Check network and proxy.";
  }
}
