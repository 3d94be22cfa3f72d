package ru.elumenta.client.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.error.ElumentaException;

/**
 * A request that is not idempotent went out and nobody knows what became of it: its answer was
 * lost, came too late, was cut short, came from a gateway or cannot be read, or the call was
 * interrupted. The one exception for all of these; the cause says which it was. It was not sent
 * again, unless the open call says otherwise.
 *
 * <p>A generation may be looked for later, also by another process: {@link #openCall()} is what
 * that takes.
 */
public final class OutcomeUnknownException extends ElumentaException {
  private static final long serialVersionUID = 1;

  private final @Nullable OpenCall openCall; // null if it is no paid request

  /**
   * Creates the exception over the failure that left the outcome open; takes over its context.
   *
   * @param openCall what is known of a paid request; null if it is none
   */
  public OutcomeUnknownException(ElumentaException cause, @Nullable OpenCall openCall) {
    super(cause.context(), Objects.requireNonNull(cause));
    this.openCall = openCall;
  }

  /**
   * Returns what is known of the request: give it to {@code ElumentaClient.lookUp}. Empty if the
   * operation costs nothing, such as creating a key.
   */
  public Optional<OpenCall> openCall() {
    return Optional.ofNullable(openCall);
  }

  private int attempts() {
    return openCall == null ? 1 : openCall.attempts();
  }

  @Override
  protected String happened() {
    return "The outcome of %s, sent by %s, is unknown: %s"
        .formatted(call(), context().occurredAt(), whatHappened((ElumentaException) getCause()));
  }

  @Override
  protected String cost() {
    if (openCall == null) {
      return "It may have been executed, so it was not sent again.";
    }
    return attempts() == 1
        ? "It may have been executed and charged, so it was not sent again."
        : "It was sent %d times, each of which may have been executed and charged."
            .formatted(attempts());
  }

  @Override
  protected String advice() {
    return openCall == null
        ? "Look whether it took effect before it is sent again."
        : "Look for it later, with lookUp(openCall) or in GET /user/history, newest first; send it"
            + " again only if you accept to pay twice.";
  }
}
