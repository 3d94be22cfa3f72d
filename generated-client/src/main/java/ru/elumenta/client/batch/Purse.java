package ru.elumenta.client.batch;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a budget: what was spent and what may still be charged is never more, as long as nothing
 * costs more than its price. Thread-safe.
 */
final class Purse {
  private final @Nullable Long budget; // null for any
  private long committed; // guarded by this: spent or reserved
  private long underWay; // guarded by this
  private boolean isClosed; // guarded by this

  Purse(@Nullable Long budget, long committed) {
    this.budget = budget;
    this.committed = committed;
  }

  /**
   * Reserves the price of an item that is about to be sent. Waits while there is none left but
   * items under way may turn out cheaper.
   *
   * @return false if it does not fit
   */
  synchronized boolean reserve(long price) throws InterruptedException {
    while (budget != null && committed + price > budget && underWay > 0 && !isClosed) {
      wait();
    }
    if (isClosed || budget != null && committed + price > budget) {
      return false;
    }
    committed += price;
    underWay++;
    return true;
  }

  /**
   * An item has ended.
   *
   * @param price what was reserved
   * @param cost what counts in its place: the same, if that is not known so far
   */
  synchronized void settle(long price, long cost) {
    committed += cost - price;
    underWay--;
    notifyAll();
  }

  /** An item of an earlier run, which counted at its price so far, has ended. */
  synchronized void correct(long price, long cost) {
    committed += cost - price;
    notifyAll();
  }

  /** Nothing more is to be sent. */
  synchronized void close() {
    isClosed = true;
    notifyAll();
  }
}
