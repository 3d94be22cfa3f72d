package ru.elumenta.client.internal.call;

/** Says that an attempt is to be repeated; never leaves this package. */
final class AttemptAgain extends RuntimeException {
  AttemptAgain() {
    super(null, null, false, false);
  }
}
