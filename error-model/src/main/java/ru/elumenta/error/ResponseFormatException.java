package ru.elumenta.error;

/**
 * A successful status with a body that cannot be read: not JSON, cut off, of the wrong shape, or
 * empty. The body's text is in {@link #context()}.
 */
public final class ResponseFormatException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong with the body, without quoting it
   */
  public ResponseFormatException(ErrorContext context, String problem) {
    super(context, null);
    this.problem = problem;
  }

  @Override
  protected String happened() {
    int status = context().status().orElse(0);
    return "%s was answered with %d, but the body %s".formatted(call(), status, printable(problem));
  }

  @Override
  protected String advice() {
    return "Read context().rawBody(); if the service has changed, regenerate the client.";
  }
}
