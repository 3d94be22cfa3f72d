package ru.elumenta.error;

import java.util.Optional;

/**
 * An answer that the documentation does not know: any other status, a server error without a known
 * code, or a page or text that is not the service's, with any status but 429. Status, headers and
 * body text are in {@link #context()}.
 *
 * <p>A 4xx is {@link Execution#NOT_EXECUTED}, whoever sent it; a server error leaves the outcome of
 * a paid request open, because work behind a gateway may go on.
 */
public final class UnexpectedResponseException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  /** Creates the exception from what the response said. */
  public UnexpectedResponseException(ErrorContext context) {
    super(context, null);
  }

  /**
   * Returns what the body looks like if it is not the service's, for example {@code an HTML page,
   * "403 Forbidden" (Server: nginx)}; empty if there is none, or it is JSON.
   */
  public Optional<String> foreignBody() {
    return ForeignBody.describe(context());
  }

  @Override
  public boolean isTransient() {
    return status() >= 500;
  }

  @Override
  protected String happened() {
    return foreignBody()
        .map(
            page ->
                "%s was answered with %d by something else than the service: %s"
                    .formatted(call(), status(), page))
        .orElseGet(super::happened);
  }

  @Override
  protected String cost() {
    return status() == PROXY_AUTHENTICATION_REQUIRED
        ? "The request did not get past the proxy; nothing was executed."
        : super.cost();
  }

  @Override
  protected String advice() {
    if (status() == PROXY_AUTHENTICATION_REQUIRED) {
      return "The proxy wants a user and a password: give the ones it asks for.";
    }
    if (status() >= 300 && status() < 400) {
      return "Redirects are not followed: check the base URL.";
    }
    if (status() >= 500) {
      return "A gateway or the service itself is in trouble: try again later.";
    }
    return foreignBody().isPresent()
        ? "Check the base URL, and the proxy or firewall on the way; the body's text is in"
            + " context().rawBody()."
        : "Check the base URL; the body's text is in context().rawBody().";
  }

  private int status() {
    return context().status().orElse(0);
  }
}
