package ru.elumenta.error;

/**
 * The access token has expired: HTTP 401, {@code token_expired}. Access tokens of a session last 15
 * minutes; API keys have no documented expiry, so with one of those it means that the key is wrong.
 */
public final class TokenExpiredException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public TokenExpiredException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String advice() {
    return "With a session: refresh the access token. With an API key: the key is wrong, check it.";
  }
}
