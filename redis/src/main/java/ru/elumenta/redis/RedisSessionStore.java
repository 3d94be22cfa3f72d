package ru.elumenta.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;

/**
 * The tokens of one session, for all machines of a fleet: one renews, and the others go on with
 * what it has stored.
 *
 * <p>Whoever renews has a lock with a lease ({@link FleetOptions#lease()}), which it extends while
 * it lives: a machine that dies blocks the others no longer than that. Each write names the version
 * that its writer has seen, and is refused if there is a newer one: a machine that was paused past
 * its lease cannot overwrite newer tokens, and throws a {@link SessionStoreException} before the
 * tokens it holds are used. If another has meanwhile been refused with the refresh token that the
 * paused one had spent, the paused one's tokens are the good ones, and are stored.
 *
 * <p>Tokens are encrypted before they leave the process (AES-GCM, {@link
 * FleetOptionsBuilder#encryptionKey}); without a key there is no such store. They are kept for
 * {@link FleetOptions#keepSession()} after each write. A call with a token that is still good asks
 * nobody.
 *
 * <p>Thread-safe. Closing it, once what uses it is closed, closes the connection that it opened;
 * one of a {@link Fleet} is closed by that.
 */
public final class RedisSessionStore implements SessionStore, AutoCloseable {
  private static final Script WRITE = Script.of("session-write");
  private static final String VALUE = "value";
  private static final String NONE = "none";

  private final FleetConnection connection;
  private final boolean isOwner;
  private final FleetOptions options;
  private final TokenKeys keys;
  private final String session;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable SessionLock held; // guarded by turn

  RedisSessionStore(FleetConnection connection, boolean isOwner) {
    this.connection = connection;
    this.isOwner = isOwner;
    this.options = connection.options();
    this.keys = options.tokenKeys();
    this.session = options.key("session");
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "Tokens are not kept in Redis without an encryption key: set encryptionKey(…), the same"
              + " for all machines.");
    }
  }

  /**
   * Creates a store with a connection of its own; connects to nothing yet.
   *
   * @throws IllegalArgumentException if the options have no encryption key
   */
  public static RedisSessionStore of(FleetOptions options) {
    return new RedisSessionStore(
        new FleetConnection(Objects.requireNonNull(options, "options")), true);
  }

  @Override
  public Optional<StoredSession> read() {
    String hidden;
    try {
      hidden = connection.run(commands -> commands.hget(session, VALUE), FleetConnection.UNHURRIED);
    } catch (RedisFailure e) {
      throw failed("cannot be read", e);
    }
    if (hidden == null || hidden.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StoredSession.decode(keys.decrypt(session, hidden)));
    } catch (IllegalArgumentException e) { // its message shows nothing of it
      throw new SessionStoreException(
          "The session %s cannot be read. %s".formatted(session, e.getMessage()),
          "Give all machines the same keys; if that is so, log in again.",
          null);
    }
  }

  @Override
  public void write(StoredSession stored) {
    String kind = stored.ended().isPresent() ? "end" : "tokens";
    write(kind, keys.encrypt(session, stored.encoded()));
  }

  /** The version stays: a machine that was paused must not bring back what was removed. */
  @Override
  public void clear() {
    write(NONE, "");
  }

  private void write(String kind, String value) {
    SessionLock lock = held;
    if (!turn.isHeldByCurrentThread() || lock == null) {
      throw new IllegalStateException("A session is written inside locked(…).");
    }
    List<String> arguments =
        List.of(
            String.valueOf(lock.version()),
            lock.nextWrite(),
            kind,
            value,
            String.valueOf(options.keepSession().toMillis()));
    long version;
    try {
      version =
          (Long)
              connection
                  .runDurably(WRITE, List.of(session), arguments, FleetConnection.UNHURRIED)
                  .get(0);
    } catch (RedisFailure e) {
      throw failed("cannot be stored", e);
    }
    if (version < 0) {
      throw new SessionStoreException(
          "The session %s was not stored: this machine held its lock, did not live up to the lease"
                  .formatted(session)
              + ", and another has written since",
          "Nothing needs to be done: the next call goes on with what the other has written. If it"
              + " comes again, see what pauses this machine, or set a longer lease.",
          null);
    }
    lock.written(version);
  }

  @Override
  public <T extends @Nullable Object> T locked(Duration patience, Supplier<T> action) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
    try {
      SessionLock lock = SessionLock.acquire(connection, session, end);
      if (lock == null) {
        throw busy(patience);
      }
      held = lock;
      try {
        return action.get();
      } finally {
        held = null;
        lock.release();
      }
    } catch (RedisFailure e) {
      throw failed("cannot be locked", e);
    } finally {
      turn.unlock();
    }
  }

  private SessionStoreException busy(Duration patience) {
    return new SessionStoreException(
        "The session %s was locked by another for %.1f s"
            .formatted(session, patience.toMillis() / 1000.0),
        "It is safe to try again: a machine that died keeps it no longer than %s."
            .formatted(options.lease()),
        null);
  }

  private SessionStoreException interrupted() {
    return new SessionStoreException(
        "Waiting for the session %s was interrupted".formatted(session),
        "It is safe to try again.",
        null);
  }

  private SessionStoreException failed(String problem, RedisFailure failure) {
    return new SessionStoreException(
        "The session %s %s: %s".formatted(session, problem, failure.sentence()),
        failure.advice(),
        failure.getCause());
  }

  /** Ends the connection, if it has one of its own. */
  @Override
  public void close() {
    if (isOwner) {
      connection.close();
    }
  }

  /** Shows where, no token. */
  @Override
  public String toString() {
    return "SessionStore[Redis %s, %s]".formatted(options.place(), session);
  }
}
