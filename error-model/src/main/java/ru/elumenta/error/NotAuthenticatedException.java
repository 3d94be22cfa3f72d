package ru.elumenta.error;

/**
 * The key or token is missing or wrong: HTTP 401, {@code not_authenticated}. With an API key any
 * 401 means that the key is wrong, so it is never tried again (page: guides/error-handling). When
 * logging in it is the password, the code or the refresh token (pages: api-reference/auth).
 */
public final class NotAuthenticatedException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public NotAuthenticatedException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    if (context().path().contains("/auth/")) {
      return "Check what you log in with, or log in again if it was a refresh token.";
    }
    return "Check that the API key is complete, not revoked, and of this service; it needs the VIP"
        + " or Elite plan.";
  }
}
