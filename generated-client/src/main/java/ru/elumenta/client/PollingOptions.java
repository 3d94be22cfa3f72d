package ru.elumenta.client;

import java.time.Duration;

/**
 * How a pending generation is waited for. Immutable; start from {@link #defaults()}.
 *
 * @param interval the time between two polls; default 5 s, as every page advises
 * @param limit how long to wait in all; default 300 s (page: api-reference/generate/status)
 */
public record PollingOptions(Duration interval, Duration limit) {
  private static final PollingOptions DEFAULTS =
      new PollingOptions(Duration.ofSeconds(5), Duration.ofSeconds(300));

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a value is not positive
   */
  public PollingOptions {
    Require.positive("interval", interval);
    Require.positive("limit", limit);
  }

  /** Returns the defaults. */
  public static PollingOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another interval. */
  public PollingOptions withInterval(Duration interval) {
    return new PollingOptions(interval, limit);
  }

  /** Returns a copy with another limit. */
  public PollingOptions withLimit(Duration limit) {
    return new PollingOptions(interval, limit);
  }
}
