package ru.elumenta.client.batch;

/** One run of a batch. */
final class BatchRun {
  private BatchRun() {}

  static BatchReport run(BatchOptions options) {
    throw new UnsupportedOperationException("Batches cannot be run yet.");
  }

  static BatchPrice price(BatchOptions options) {
    throw new UnsupportedOperationException("Batches cannot be priced yet.");
  }
}
