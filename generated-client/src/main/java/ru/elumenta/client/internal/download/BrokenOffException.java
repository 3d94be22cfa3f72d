package ru.elumenta.client.internal.download;

import java.time.Duration;
import ru.elumenta.error.ElumentaException;

/** An attempt that failed for a passing reason: what the download fails with if it was the last. */
final class BrokenOffException extends Exception {
  private final transient ElumentaException failure;

  BrokenOffException(ElumentaException failure) {
    super(failure);
    this.failure = failure;
  }

  ElumentaException failure() {
    return failure;
  }

  /** Returns how long the host asked to wait. */
  Duration serverNamedWait() {
    return failure.retryAfter().orElse(Duration.ZERO);
  }
}
