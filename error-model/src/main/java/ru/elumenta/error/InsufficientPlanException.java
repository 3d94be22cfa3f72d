package ru.elumenta.error;

/**
 * The feature needs a higher plan, or access is refused otherwise: HTTP 403, {@code
 * insufficient_plan}.
 */
public final class InsufficientPlanException extends ElumentaException {
  /** Creates the exception from what the response said. */
  public InsufficientPlanException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    return "Use a model or feature of your plan, or upgrade it; the service's own words say which.";
  }
}
