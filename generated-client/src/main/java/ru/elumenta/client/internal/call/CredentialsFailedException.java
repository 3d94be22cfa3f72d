package ru.elumenta.client.internal.call;

/**
 * Carries what an application's credentials threw past Feign and past the retry decision: it is no
 * failure of the call, whatever its type.
 */
final class CredentialsFailedException extends RuntimeException {
  CredentialsFailedException(RuntimeException cause) {
    super(null, cause, false, false);
  }

  RuntimeException thrownByCredentials() {
    return (RuntimeException) getCause();
  }
}
