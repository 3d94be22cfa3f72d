package ru.elumenta.client.internal.download;

import ru.elumenta.error.ElumentaException;

/** A failure after which a download may go on; never leaves this package. */
final class Setback extends Exception {
  private final transient ElumentaException failure;

  Setback(ElumentaException failure) {
    super(null, null, false, false);
    this.failure = failure;
  }

  ElumentaException failure() {
    return failure;
  }
}
