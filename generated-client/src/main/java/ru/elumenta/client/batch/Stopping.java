package ru.elumenta.client.batch;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run comes to an early end. A thread that waits for a generation, a file or a window is
 * interrupted; one whose request is under way is not, because that may be paid for. Thread-safe.
 */
final class Stopping {
  private final Purse purse;
  private final Set<Thread> waiting = new HashSet<>(); // guarded by this, as are the others
  private @Nullable BatchEnd end; // null while it goes on
  private @Nullable String problem;
  private @Nullable RuntimeException failure; // null unless the run fails
  private boolean isLeaving;

  Stopping(Purse purse) {
    this.purse = purse;
  }

  /** Enters the calling thread. */
  synchronized void entered() {
    waiting.add(Thread.currentThread());
  }

  synchronized void left() {
    waiting.remove(Thread.currentThread());
  }

  synchronized boolean maySend() {
    return end == null;
  }

  /** Whether nothing is to be waited for any more. */
  synchronized boolean isLeaving() {
    return isLeaving;
  }

  /**
   * The calling thread is about to send.
   *
   * @return false if it must not
   */
  synchronized boolean beginSending() {
    if (end != null) {
      return false;
    }
    waiting.remove(Thread.currentThread());
    return true;
  }

  synchronized void endSending() {
    waiting.add(Thread.currentThread());
    if (isLeaving) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing more is sent; what is under way is waited for. */
  synchronized void sendNothing(BatchEnd why, @Nullable String said) {
    if (end == null) {
      end = why;
      problem = said;
      purse.close();
    }
  }

  /** Nothing more is sent, and nothing waited for but requests under way. */
  synchronized void leave(BatchEnd why, @Nullable String said) {
    sendNothing(why, said);
    if (!isLeaving) {
      isLeaving = true;
      waiting.forEach(Thread::interrupt);
    }
  }

  /** The run fails. */
  synchronized void fail(RuntimeException thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
    leave(BatchEnd.INTERRUPTED, thrown.getMessage());
  }

  synchronized Optional<BatchEnd> end() {
    return Optional.ofNullable(end);
  }

  synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  synchronized void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
