package ru.elumenta.client.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.internal.call.TrialAfter;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;

/**
 * The tokens that a session uses at the moment, and their renewal: one at a time, on a thread of
 * its own, which goes on to the end even if nobody waits for it any longer. That thread is no
 * daemon, so that a program that ends by itself does not end between receiving tokens and storing
 * them. Thread-safe.
 */
public final class CurrentTokens {
  /** How long a renewal holds up callers whose token is still good. */
  private static final Duration PATIENCE_WHILE_GOOD = Duration.ofSeconds(2);

  /** Between two attempts to renew what is still good. */
  private static final Duration PAUSE_WHILE_GOOD = Duration.ofSeconds(5);

  /** After a 429 that names no wait (page: guides/error-handling). */
  private static final Duration RATE_LIMIT_WAIT = Duration.ofSeconds(60);

  private final StoredRenewal renewing;
  private final TimeSource time;
  private final Runnable whenClosed;

  /** Written under the lock of this, as are all below. */
  private volatile State state = new State(null, false);

  private Renewal running; // null if none is
  private Postponed postponed; // null if the last renewal succeeded
  private long logins;
  private boolean isClosed;

  /**
   * What is known without asking the store.
   *
   * @param session null if nothing is
   * @param isRefused whether the service refused its access token
   */
  private record State(StoredSession session, boolean isRefused) {
    String refusedToken() {
      return isRefused ? session.accessToken() : null;
    }
  }

  /**
   * Nothing is sent before its time has come.
   *
   * @param isTold whether the service asked for it
   */
  private record Postponed(Instant until, Throwable failure, boolean isTold) {}

  /**
   * Creates it without tokens.
   *
   * @param whenClosed run once, when nothing is sent any longer
   */
  public CurrentTokens(StoredRenewal renewing, TimeSource time, Runnable whenClosed) {
    this.renewing = renewing;
    this.time = time;
    this.whenClosed = whenClosed;
  }

  /**
   * Returns tokens whose access token is good, renewed if necessary.
   *
   * @param atMost how long to wait for that
   */
  public StoredSession good(Duration atMost) throws InterruptedException, TimeoutException {
    State before = state;
    if (isFresh(before)) {
      return before.session;
    }
    Renewal renewal = renewal();
    if (!isGood(before)) {
      return renewal.await(atMost);
    }
    Duration patience = renewal.leftOf(PATIENCE_WHILE_GOOD);
    try {
      return renewal.await(atMost.compareTo(patience) < 0 ? atMost : patience);
    } catch (LoginRequiredException e) {
      throw e;
    } catch (TimeoutException | ElumentaException e) {
      if (isGood(before)) {
        return before.session;
      }
      throw e;
    }
  }

  private boolean isFresh(State now) {
    return now.session != null && !now.isRefused && renewing.isFresh(now.session);
  }

  private boolean isGood(State now) {
    return now.session != null && !now.isRefused && renewing.isGood(now.session);
  }

  /** Returns the renewal to wait for: the one that runs, or a new one. */
  private synchronized Renewal renewal() {
    if (isClosed) {
      throw new CallInterruptedException(
          ErrorContext.builder("POST", "/auth/refresh")
              .execution(Execution.NOT_EXECUTED)
              .attempts(0)
              .occurredAt(time.now())
              .build(),
          "because the session is closed",
          null);
    }
    if (isFresh(state)) { // meanwhile
      Renewal done = new Renewal();
      done.end(state.session, null);
      return done;
    }
    if (running == null && mustWait()) {
      return Renewal.failed(postponed.failure);
    }
    if (running == null) {
      Renewal next = new Renewal();
      String refused = state.refusedToken();
      long loginsBefore = logins;
      Thread thread =
          new Thread(
              null, () -> run(next, refused, loginsBefore), "elumenta-session-renewal", 0, false);
      thread.setDaemon(false);
      thread.start();
      running = next;
    }
    return running;
  }

  private boolean mustWait() {
    return postponed != null
        && time.now().isBefore(postponed.until)
        && (postponed.isTold || isGood(state));
  }

  private void run(Renewal renewal, String refused, long loginsBefore) {
    StoredSession renewed = null;
    Throwable failure = null;
    try {
      renewed = renewing.run(refused);
    } catch (Throwable e) {
      failure = e;
    }
    boolean isLast;
    synchronized (this) {
      running = null;
      isLast = isClosed;
      if (logins != loginsBefore && state.session != null) { // somebody has logged in meanwhile
        renewed = state.session;
        failure = null;
      } else if (renewed != null) {
        state = new State(renewed, false);
        postponed = null;
      } else {
        failed(failure);
      }
    }
    renewal.end(renewed, failure);
    if (isLast) {
      whenClosed.run();
    }
  }

  private void failed(Throwable failure) {
    if (failure instanceof LoginRequiredException) {
      state = new State(null, false);
      postponed = null; // the store knows
      return;
    }
    Optional<Duration> told = told(failure);
    Instant until = time.now().plus(told.orElse(PAUSE_WHILE_GOOD));
    postponed = new Postponed(until, failure, told.isPresent());
  }

  /** The wait that the service asked for, if it did, or what of it is kept. */
  private static Optional<Duration> told(Throwable failure) {
    if (!(failure instanceof ElumentaException answer)) {
      return Optional.empty();
    }
    return answer
        .retryAfter()
        .or(() -> Optional.of(RATE_LIMIT_WAIT).filter(any -> answer instanceof RateLimitException))
        .map(TrialAfter::of);
  }

  /**
   * Takes note that the service refused an access token.
   *
   * @return whether there is or may be another
   */
  public synchronized boolean refused(String accessToken) {
    if (state.session != null && state.session.accessToken().equals(accessToken)) {
      state = new State(state.session, true);
    }
    return !isClosed;
  }

  /** Uses other tokens from now on: somebody has logged in, or out if they are null. */
  public synchronized void replace(StoredSession session) {
    logins++;
    state = new State(session, false);
    postponed = null;
  }

  /** Begins no further renewal, and waits until the one under way has ended. */
  public void close() {
    Renewal last;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      last = running;
    }
    if (last == null) {
      whenClosed.run();
      return;
    }
    try {
      last.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends without us
    }
  }
}
