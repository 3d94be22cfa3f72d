package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.error.CredentialRedaction;

/** An exchange that brought no whole response. */
public final class ExchangeException extends IOException {
  /** What ended the exchange. */
  public enum Kind {
    /** The time of the attempt ran out. */
    TIMEOUT,
    /** The calling thread was interrupted. */
    INTERRUPTED,
    /** The connection could not be made, or broke. */
    BROKEN,
    /** The proxy does not accept the user and the password, or wants to be given some. */
    BARRED,
    /** The body is longer than the client accepts. */
    TOO_LARGE,
    /** What was to be sent could not be read. */
    SOURCE
  }

  private final Kind kind;
  private final boolean requestLeft;
  private final transient PartialResponse received;

  ExchangeException(
      Kind kind, boolean requestLeft, PartialResponse received, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.requestLeft = requestLeft;
    this.received = received;
  }

  /** Returns the end of an exchange of which nothing was sent. */
  public static ExchangeException notSent(Kind kind, String message, Throwable cause) {
    return new ExchangeException(kind, false, null, message, cause);
  }

  /** Returns the same without credentials in what was received. */
  ExchangeException redacted(CredentialRedaction redaction) {
    PartialResponse clean = received == null ? null : received.redacted(redaction);
    return new ExchangeException(kind, requestLeft, clean, getMessage(), getCause());
  }

  /** Returns the same without what was received but its status. */
  ExchangeException withoutBody() {
    PartialResponse status =
        received == null ? null : new PartialResponse(received.status(), Map.of(), new byte[0]);
    return new ExchangeException(kind, requestLeft, status, getMessage(), getCause());
  }

  /** Returns what ended the exchange. */
  public Kind kind() {
    return kind;
  }

  /** Returns false only if the server provably cannot have received the request. */
  public boolean requestLeft() {
    return requestLeft;
  }

  /** Returns what had arrived of the response. */
  public Optional<PartialResponse> received() {
    return Optional.ofNullable(received);
  }
}
