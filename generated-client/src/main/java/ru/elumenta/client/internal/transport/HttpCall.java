package ru.elumenta.client.internal.transport;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One exchange while it is under way, for those who may end it from outside. Its own thread blocks
 * in the socket; whoever ends it closes the socket under that thread. Thread-safe.
 */
final class HttpCall {
  private static final long AGES = Long.MAX_VALUE >> 1;

  /** How it ended, if it did. */
  enum End {
    /** Its thread is through with the connection, which must not be closed any more. */
    DONE,
    /** Its time ran out. */
    TIMED_OUT,
    /** Its reader does not want the rest. */
    GIVEN_UP,
    /** The client was closed. */
    CLIENT_CLOSED
  }

  private final Object owner;
  private final AtomicReference<End> end = new AtomicReference<>();
  private volatile long deadline;
  private volatile Runnable release; // closes what its thread blocks in; null if in nothing
  private boolean isBegun; // used by its own thread

  /**
   * Creates it.
   *
   * @param owner whose closing ends it
   */
  HttpCall(Object owner) {
    this.owner = owner;
    unlimited();
  }

  boolean isOf(Object someone) {
    return owner == someone;
  }

  /** Sets when it is to be ended, in {@link System#nanoTime()}. */
  void until(long nanoTime) {
    deadline = nanoTime;
  }

  void unlimited() {
    deadline = System.nanoTime() + AGES;
  }

  long deadline() {
    return deadline;
  }

  /**
   * Takes note of how to free its thread from what it is about to block in; null if in nothing.
   *
   * @return what it would have blocked in up to now, or null
   */
  Runnable blocksIn(Runnable release) {
    Runnable before = this.release;
    this.release = release;
    if (release != null && isEnded()) { // meanwhile, by one who saw nothing to release
      release.run();
    }
    return before;
  }

  /** Ends it, unless it has ended; its thread then fails with an I/O error of whatever kind. */
  void end(End how) {
    if (end.compareAndSet(null, how)) {
      Runnable blocked = release;
      if (blocked != null) {
        blocked.run();
      }
    }
  }

  /**
   * Ends it from its own thread, in good order.
   *
   * @return whether the connection still stands: if not, somebody else was first
   */
  boolean done() {
    release = null;
    return end.compareAndSet(null, End.DONE);
  }

  boolean isEnded() {
    return end.get() != null;
  }

  /** Returns how it ended; null if it has not. */
  End howEnded() {
    return end.get();
  }

  /** Takes note that from now on a byte of the request may leave this machine. */
  void begin() {
    isBegun = true;
  }

  /** Returns false only if no byte of the request was written to the connection. */
  boolean mayHaveLeft() {
    return isBegun;
  }
}
