package ru.elumenta.client.session;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * A session has no tokens to go on with: somebody has to log in. The call was not sent, and neither
 * is any other with that session until then.
 */
public final class LoginRequiredException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** How the session came to its end. */
  public enum Reason {
    /** Nobody has logged in yet, or somebody has logged out. */
    NOT_LOGGED_IN,
    /**
     * The service refused the refresh token. It lasts 30 days and for one use (page:
     * api-reference/auth/refresh), and logging out revokes it.
     */
    REFUSED,
    /**
     * The service refused the refresh token after the answer to an earlier renewal with it got
     * lost, and with that answer the refresh token that replaced it.
     */
    RENEWAL_LOST,
    /** The access token has expired, and the login gave no refresh token. */
    NO_REFRESH_TOKEN
  }

  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param cause what the service answered to the renewal, or null
   */
  public LoginRequiredException(ErrorContext context, Reason reason, @Nullable Throwable cause) {
    super(context, cause);
    this.reason = reason;
  }

  /** Returns how the session came to its end. */
  public Reason reason() {
    return reason;
  }

  @Override
  protected String happened() {
    return switch (reason) {
      case NOT_LOGGED_IN -> "Nobody is logged in: the session has no tokens";
      case REFUSED ->
          "The session has ended: the service refused its refresh token, which has expired, was"
              + " used before or was revoked";
      case RENEWAL_LOST ->
          "The session has ended: the answer to a renewal got lost and the next refresh token with"
              + " it, and the one before is spent";
      case NO_REFRESH_TOKEN ->
          "The session has ended: its access token is no longer good, and it has no refresh token";
    };
  }

  @Override
  protected String advice() {
    return "Log in again; until then calls with this session fail without a request.";
  }
}
