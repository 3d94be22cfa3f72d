package ru.elumenta.client.internal.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket that keeps the calls of one client from repeating themselves in a body when the
 * service is down: a repeated attempt takes a token, a call that succeeds puts a tenth of one back.
 * Thread-safe.
 */
final class RetryBudget {
  private static final long TENTHS = 10;

  private final long capacity;
  private final AtomicLong tenths;

  RetryBudget(int tokens) {
    this.capacity = tokens * TENTHS;
    this.tenths = new AtomicLong(capacity);
  }

  /** Takes a token, if there is one. */
  boolean tryTake() {
    return tenths.getAndUpdate(left -> left < TENTHS ? left : left - TENTHS) >= TENTHS;
  }

  /** Puts back a token that was not used. */
  void giveBack() {
    add(TENTHS);
  }

  /** Notes that a call succeeded. */
  void succeeded() {
    add(1);
  }

  private void add(long more) {
    tenths.updateAndGet(left -> Math.min(capacity, left + more));
  }
}
