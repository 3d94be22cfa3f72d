package ru.elumenta.error;

/**
 * An answer that the documentation does not know: any other status, or a server error without a
 * known code, whoever wrote it. Status, headers and body text are in {@link #context()}.
 */
public final class UnexpectedResponseException extends ElumentaException {
  /** Creates the exception from what the response said. */
  public UnexpectedResponseException(ErrorContext context) {
    super(context, null);
  }

  @Override
  public boolean isTransient() {
    return context().status().orElse(0) >= 500;
  }

  @Override
  protected String advice() {
    int status = context().status().orElse(0);
    if (status >= 300 && status < 400) {
      return "Redirects are not followed: check the base URL.";
    }
    return status >= 500
        ? "A gateway or the service itself is in trouble: try again later."
        : "Check the base URL; the body's text is in context().rawBody().";
  }
}
