package ru.elumenta.client.internal.call;

import ru.elumenta.client.internal.transport.ExchangeException;

/**
 * Carries the end of an attempt that got no token in time past Feign, whose interceptors may throw
 * nothing checked.
 */
final class NoTokenException extends RuntimeException {
  private final transient ExchangeException end;

  NoTokenException(ExchangeException end) {
    super(null, null, false, false);
    this.end = end;
  }

  ExchangeException end() {
    return end;
  }
}
