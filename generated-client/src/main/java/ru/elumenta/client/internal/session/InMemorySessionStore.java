package ru.elumenta.client.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;

/** Tokens that end with the process. Thread-safe. */
public final class InMemorySessionStore implements SessionStore {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile StoredSession stored; // null for none

  @Override
  public Optional<StoredSession> read() {
    return Optional.ofNullable(stored);
  }

  @Override
  public void write(StoredSession session) {
    stored = session;
  }

  @Override
  public void clear() {
    stored = null;
  }

  @Override
  public <T> T locked(Duration patience, Supplier<T> action) {
    LockWait.acquire(lock, patience, "The session");
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "SessionStore[in memory]";
  }
}
