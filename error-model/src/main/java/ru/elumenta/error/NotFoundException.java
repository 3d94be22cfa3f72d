package ru.elumenta.error;

/** The generation or model does not exist: HTTP 404, {@code not_found}. */
public final class NotFoundException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public NotFoundException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    return "Check the id or slug and the base URL; generations of other accounts are not found"
        + " either.";
  }
}
