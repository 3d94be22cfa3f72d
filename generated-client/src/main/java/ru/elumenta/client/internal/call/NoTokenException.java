package ru.elumenta.client.internal.call;

import ru.elumenta.client.internal.transport.ExchangeException;

/**
 * Carries past Feign, whose interceptors may throw nothing checked, why an attempt got no token:
 * time ran out, or the application's credentials threw something, which is no failure of the call,
 * whatever its type.
 */
final class NoTokenException extends RuntimeException {
  private final transient ExchangeException end; // null if the credentials threw

  NoTokenException(ExchangeException end) {
    super(null, null, false, false);
    this.end = end;
  }

  NoTokenException(RuntimeException thrownByCredentials) {
    super(null, thrownByCredentials, false, false);
    this.end = null;
  }

  /** Returns how the attempt ended; throws what the credentials threw. */
  ExchangeException end() {
    if (end == null) {
      throw (RuntimeException) getCause();
    }
    return end;
  }
}
