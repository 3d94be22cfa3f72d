package ru.elumenta.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;

/** A store for tests that change one thing about another. */
class StoreAround implements SessionStore {
  private final SessionStore store;

  StoreAround(SessionStore store) {
    this.store = store;
  }

  @Override
  public Optional<StoredSession> read() {
    return store.read();
  }

  @Override
  public void write(StoredSession session) {
    store.write(session);
  }

  @Override
  public void clear() {
    store.clear();
  }

  @Override
  public <T> T locked(Duration patience, Supplier<T> action) {
    return store.locked(patience, action);
  }
}
