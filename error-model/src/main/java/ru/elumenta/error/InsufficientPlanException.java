package ru.elumenta.error;

/**
 * The feature needs a higher plan, or access is refused otherwise: HTTP 403, {@code
 * insufficient_plan}.
 */
public final class InsufficientPlanException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public InsufficientPlanException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    if (context().path().contains("/auth/")) {
      return "Act on the service's own words; an e-mail address may have to be verified first.";
    }
    return "Use a model or feature of your plan, or upgrade it; the service's own words say which.";
  }
}
