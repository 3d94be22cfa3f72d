package ru.elumenta.error;

/** The request has invalid parameters or lacks required ones: HTTP 400, {@code bad_request}. */
public final class BadRequestException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public BadRequestException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    return "Correct the request as the message says; sending it again unchanged fails again.";
  }
}
