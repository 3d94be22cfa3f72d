package ru.elumenta.client.session;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of one session are kept, for one process or for all that use the session.
 *
 * <p>A refresh token is good for one use (page: api-reference/auth/refresh), so whoever renews must
 * have the newest and must not lose the next. A session therefore renews inside {@link #locked}: it
 * reads again, takes what another has stored meanwhile, and otherwise sends its one request and
 * writes the answer before anybody uses it. An implementation, for example over a shared cache,
 * guarantees:
 *
 * <ul>
 *   <li>actions of {@code locked} exclude each other among all threads and processes that share the
 *       session, and see what the one before has written;
 *   <li>once {@code write} has returned, what it wrote survives the end of the process, if the
 *       store is meant to;
 *   <li>{@code read} gives one whole session that was written, the old or the new one, also while
 *       another is being written or after a process died in the midst of that;
 *   <li>a lock whose owner died is free again. One that ends by itself after a while must last
 *       longer than a renewal: two requests, each with the session's attempt time-out. If it ends
 *       too early two may renew at once; one of them is then refused, reads again, and goes on with
 *       what the other has written, if that is there by then;
 *   <li>failures are {@link SessionStoreException}s, without tokens in their messages.
 * </ul>
 *
 * <p>An application writes to none: tokens that were obtained elsewhere get into it by {@link
 * ru.elumenta.client.ElumentaSession#adopt}.
 *
 * <p>Between receiving tokens and {@code write} lies a moment that no store can cover: a process
 * that dies in it has lost the session, and somebody has to log in again. Thread-safe.
 */
public interface SessionStore {
  /** Returns what is stored; empty if there is no session. Needs no lock. */
  Optional<StoredSession> read();

  /** Stores a session in the place of what there is. Called inside {@link #locked}. */
  void write(StoredSession session);

  /** Removes what is stored, if anything. Called inside {@link #locked}. */
  void clear();

  /**
   * Does something while nobody else does. Not called inside itself.
   *
   * @param patience how long to wait for others to end
   * @return what the action returns; what it throws is thrown
   * @throws SessionStoreException if others take longer than that
   */
  <T extends @Nullable Object> T locked(Duration patience, Supplier<T> action);
}
