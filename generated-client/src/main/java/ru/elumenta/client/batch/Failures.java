package ru.elumenta.client.batch;

import java.time.Duration;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TokenExpiredException;
import ru.elumenta.error.TransportException;

/** What a failure means for all items, and not for the one that had it. */
final class Failures {
  /** Without a word of the service (page: error-handling). */
  private static final Duration RATE_LIMIT_WAIT = Duration.ofSeconds(60);

  private static final Duration CROWDED = Duration.ofSeconds(5);

  private Failures() {}

  static boolean isRefusedIdentity(ElumentaException e) {
    return e instanceof NotAuthenticatedException
        || e instanceof TokenExpiredException
        || e instanceof LoginRequiredException;
  }

  /**
   * Holds everything back if the account's window is used up, or the service out of reach; in the
   * end lets the run end.
   *
   * @return whether the item is to be tried again then
   */
  static boolean holdsBack(ElumentaException e, BatchWork work) {
    if (e instanceof RateLimitException) {
      work.gate.reached();
      work.gate.closeFor(e.retryAfter().orElse(RATE_LIMIT_WAIT));
      return true;
    }
    if (e instanceof TooManyCallsException) {
      work.gate.closeFor(CROWDED);
      return true;
    }
    if (e instanceof TransportException || e instanceof CallTimeoutException) {
      if (!work.gate.unreachable()) {
        work.stopping.leave(BatchEnd.UNREACHABLE, e.getMessage());
      }
      return true;
    }
    work.gate.reached();
    return false;
  }
}
