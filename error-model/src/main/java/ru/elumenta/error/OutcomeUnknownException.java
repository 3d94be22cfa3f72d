package ru.elumenta.error;

import java.util.Objects;

/**
 * A request that is not idempotent went out and nobody knows what became of it, so it was not sent
 * again: a second one might be charged a second time. The cause says how it was lost.
 */
public final class OutcomeUnknownException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception over the failure that left the outcome open; takes over its context. */
  public OutcomeUnknownException(ElumentaException cause) {
    super(cause.context(), Objects.requireNonNull(cause));
  }

  @Override
  protected String happened() {
    return "The outcome of %s, sent by %s, is unknown: %s"
        .formatted(call(), context().occurredAt(), ((ElumentaException) getCause()).happened());
  }

  @Override
  protected String cost() {
    return "It may have been executed and charged, so it was not sent again.";
  }

  @Override
  protected String advice() {
    return "Look for it in GET /user/history, newest first; send it again only if it is not there.";
  }
}
