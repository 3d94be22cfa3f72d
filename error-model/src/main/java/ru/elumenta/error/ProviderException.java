package ru.elumenta.error;

import java.util.Optional;

/**
 * The AI provider behind the service failed: HTTP 500, {@code provider_error}. Never charged (page:
 * guides/error-handling).
 */
public final class ProviderException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public ProviderException(ErrorContext context) {
    super(context, null);
  }

  /** Returns the provider that failed, if the response named it. */
  public Optional<String> provider() {
    return Details.text(context(), "provider");
  }

  @Override
  public boolean isTransient() {
    return true;
  }

  @Override
  protected String advice() {
    return "Try again, or use a model of another provider"
        + provider().map(name -> " than " + printable(name)).orElse("");
  }
}
