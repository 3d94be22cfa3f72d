package ru.elumenta.client.internal.session;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.LoginRequiredException.Reason;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TokenExpiredException;
import ru.elumenta.error.TransportException;

/**
 * One renewal, from the store to the store. Sends at most two requests: the second only if the
 * answer to the first got lost. Then the service either still accepts the refresh token, or refuses
 * it, which shows that the session is lost; it cannot get worse. After any answer there is no
 * second. Used by one thread at a time.
 */
public final class StoredRenewal {
  private static final int MOST_REQUESTS = 2;

  private final SessionStore store;
  private final SessionRequests requests;
  private final TimeSource time;
  private final Duration margin;
  private final Duration patience;

  /** What was received and could not be stored; null if nothing. */
  private Unstored unstored;

  /** The refresh token that the service may have replaced unseen, and the one it refused. */
  private String perhapsSpent;

  private String refused;

  private record Unstored(StoredSession before, StoredSession now) {}

  /**
   * Creates it.
   *
   * @param margin how long before its end an access token is renewed
   * @param patience how long to wait for others that use the store
   */
  public StoredRenewal(
      SessionStore store,
      SessionRequests requests,
      TimeSource time,
      Duration margin,
      Duration patience) {
    this.store = store;
    this.requests = requests;
    this.time = time;
    this.margin = margin;
    this.patience = patience;
  }

  /** Returns whether there is time left until it should be renewed. */
  boolean isFresh(StoredSession session) {
    Duration lifetime = Duration.between(session.issuedAt(), session.expiresAt());
    Duration half = lifetime.dividedBy(2); // or a short-lived one would be renewed at every call
    Duration ahead = margin.compareTo(half) < 0 ? margin : half;
    boolean canBeRenewed = session.refreshToken().isPresent();
    return isGood(session)
        && (!canBeRenewed || time.now().isBefore(session.expiresAt().minus(ahead)));
  }

  /** Returns whether its access token has not expired. */
  boolean isGood(StoredSession session) {
    return session.ended().isEmpty() && time.now().isBefore(session.expiresAt());
  }

  /**
   * Returns tokens that are stored and fresh.
   *
   * @param refusedAccess the access token that the service refused, or null
   */
  StoredSession run(String refusedAccess) {
    if (unstored == null) {
      Optional<StoredSession> seen =
          store.read().filter(each -> isUsable(each, refusedAccess)); // needs no waiting
      if (seen.isPresent()) {
        return seen.get();
      }
    }
    return store.locked(patience, () -> renewed(refusedAccess));
  }

  private boolean isUsable(StoredSession session, String refusedAccess) {
    return isFresh(session) && !session.accessToken().equals(refusedAccess);
  }

  private StoredSession renewed(String refusedAccess) {
    StoredSession stored = store.read().orElseThrow(() -> ended(Reason.NOT_LOGGED_IN, null));
    if (unstored != null && stored.equals(unstored.before)) {
      stored = stored(unstored.before, unstored.now);
    }
    unstored = null; // if not, somebody has logged in meanwhile
    if (stored.ended().isPresent()) {
      throw ended(stored.ended().get(), null);
    }
    if (isUsable(stored, refusedAccess)) { // renewed by another
      return stored;
    }
    String token = stored.refreshToken().orElseThrow(() -> ended(Reason.NO_REFRESH_TOKEN, null));
    if (token.equals(refused)) { // which could not be stored
      throw ended(Reason.REFUSED, null);
    }
    return exchanged(stored, refusedAccess);
  }

  private StoredSession exchanged(StoredSession old, String refusedAccess) {
    StoredSession received;
    try {
      received = received(old);
    } catch (NotAuthenticatedException | TokenExpiredException e) {
      return store
          .read() // a lock that ended too early let another renew with the same token
          .filter(newer -> !newer.equals(old) && isUsable(newer, refusedAccess))
          .orElseThrow(() -> refused(old, e));
    }
    return stored(old, received);
  }

  /** Before anybody uses it. */
  private StoredSession stored(StoredSession before, StoredSession now) {
    unstored = new Unstored(before, now);
    store.write(now);
    unstored = null;
    return now;
  }

  private StoredSession received(StoredSession old) {
    for (int sent = 1; ; sent++) {
      try {
        return requests.renew(old);
      } catch (NotAuthenticatedException | TokenExpiredException e) {
        throw e;
      } catch (ElumentaException e) {
        boolean isLost = isLost(e);
        if (e.execution() == Execution.UNKNOWN) {
          perhapsSpent = old.refreshToken().orElseThrow();
        }
        if (!isLost || sent == MOST_REQUESTS) {
          throw notRenewed(e, sent);
        }
      }
    }
  }

  /** Whether the service may have renewed, and what it answered did not arrive. */
  private static boolean isLost(ElumentaException e) {
    return e.execution() == Execution.UNKNOWN
        && (e instanceof TransportException
            || e instanceof CallTimeoutException
            || e instanceof ResponseFormatException);
  }

  private static ElumentaException notRenewed(ElumentaException e, int sent) {
    e.completeContext(
        context ->
            context
                .execution(Execution.NOT_EXECUTED)
                .attempts(sent)
                .remark(
                    "The session could not be renewed, so the call itself was not sent; nobody is"
                        + " logged out, and the next call tries to renew again."));
    return e;
  }

  /** Remembered in the store, so that no process asks again; unless it holds something newer. */
  private LoginRequiredException refused(StoredSession old, ElumentaException answer) {
    refused = old.refreshToken().orElseThrow();
    Reason reason = refused.equals(perhapsSpent) ? Reason.RENEWAL_LOST : Reason.REFUSED;
    LoginRequiredException ended = ended(reason, answer);
    try {
      if (store.read().filter(old::equals).isPresent()) {
        store.write(old.end(reason));
      }
    } catch (SessionStoreException e) {
      ended.addSuppressed(e);
    }
    return ended;
  }

  private LoginRequiredException ended(Reason reason, ElumentaException answer) {
    ErrorContext.Builder context =
        answer == null
            ? ErrorContext.builder("POST", "/auth/refresh").attempts(0)
            : answer.context().toBuilder();
    return new LoginRequiredException(
        context.execution(Execution.NOT_EXECUTED).occurredAt(time.now()).build(), reason, answer);
  }
}
