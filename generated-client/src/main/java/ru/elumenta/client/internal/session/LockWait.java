package ru.elumenta.client.internal.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import ru.elumenta.client.session.SessionStoreException;

/** Waits for the others that use a store. In real time: they are real. */
final class LockWait {
  private LockWait() {}

  static void acquire(ReentrantLock lock, Duration patience, String what) {
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw tooLong(what, patience);
      }
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  static SessionStoreException tooLong(String what, Duration patience) {
    return new SessionStoreException(
        "%s has been in use by another for %d s".formatted(what, patience.toSeconds()),
        "Find out which thread or process holds it.",
        null);
  }

  static SessionStoreException interrupted(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new SessionStoreException(
        what + " was in use by another, and waiting for that was interrupted",
        "It is safe to try again.",
        cause);
  }
}
