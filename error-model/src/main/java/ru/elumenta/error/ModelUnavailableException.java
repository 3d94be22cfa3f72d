package ru.elumenta.error;

/** The model is down or overloaded: HTTP 503, {@code model_unavailable}. */
public final class ModelUnavailableException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public ModelUnavailableException(ErrorContext context) {
    super(context, null);
  }

  @Override
  public boolean isTransient() {
    return true;
  }

  @Override
  protected String advice() {
    return "Try again later, or use another model.";
  }
}
