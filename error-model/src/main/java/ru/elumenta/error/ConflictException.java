package ru.elumenta.error;

/**
 * The request conflicts with what exists: HTTP 409, documented for a registration with a known
 * e-mail address only.
 */
public final class ConflictException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public ConflictException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    return "Look at what exists already; sending the request again unchanged fails again.";
  }
}
