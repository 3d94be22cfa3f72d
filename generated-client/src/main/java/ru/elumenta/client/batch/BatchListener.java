package ru.elumenta.client.batch;

/** Is told how far a batch has come. What it throws is ignored. */
@FunctionalInterface
public interface BatchListener {
  /**
   * Called about four times a second, by one thread at a time, when a wait begins, and once more at
   * the end.
   *
   * @param progress as it is now
   */
  void progressed(BatchProgress progress);
}
