package ru.elumenta.client.batch;

/** Which failed items of earlier runs are taken again. */
public enum RetryFailed {
  /** None: they stay in {@code failures.jsonl}. The default. */
  NONE,
  /**
   * Those that cost nothing, and those whose generation is there but could not be fetched: fetching
   * costs nothing.
   */
  FREE,
  /** All, also those that were charged or may have been: they are paid for once more. */
  ALL
}
