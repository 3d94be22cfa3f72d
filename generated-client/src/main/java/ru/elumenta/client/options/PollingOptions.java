package ru.elumenta.client.options;

import java.time.Duration;
import ru.elumenta.client.check.Require;

/**
 * How a pending generation is waited for. Immutable; start from {@link #defaults()}.
 *
 * @param interval the time between two polls; default 5 s, as every page advises
 * @param firstDelay the time from submitting to the first poll; default 5 s
 * @param limit how long to wait in all; default 300 s (page: api-reference/generate/status)
 * @param videoLimit how long to wait for a video, if that is longer; default 15 minutes. Videos
 *     take 20 to 180 s by the documentation (page: api-reference/generations/video), and longer in
 *     a queue. A video is what {@link ru.elumenta.client.model.ModelSlugs#VIDEO} names, and their
 *     variants such as {@code kling-v2.1-pro}
 * @param jitter by which share at the most a delay is lengthened at random, so that many jobs do
 *     not poll at once, 0 to 1; default 0.1; never shortened
 * @param maxFailedPolls how many polls in a row may fail for a passing reason, each with its
 *     retries, before the wait ends with that failure; default 10
 */
public record PollingOptions(
    Duration interval,
    Duration firstDelay,
    Duration limit,
    Duration videoLimit,
    double jitter,
    int maxFailedPolls) {
  private static final PollingOptions DEFAULTS =
      new PollingOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(300),
          Duration.ofMinutes(15),
          0.1,
          10);

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public PollingOptions {
    Require.positive("interval", interval);
    Require.notNegative("firstDelay", firstDelay);
    Require.positive("limit", limit);
    Require.positive("videoLimit", videoLimit);
    Require.that(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1, but is %s.", jitter);
    Require.that(
        maxFailedPolls >= 1, "maxFailedPolls must be at least 1, but is %s.", maxFailedPolls);
  }

  /** Returns the defaults. */
  public static PollingOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another interval, also before the first poll. */
  public PollingOptions withInterval(Duration interval) {
    return new PollingOptions(interval, interval, limit, videoLimit, jitter, maxFailedPolls);
  }

  /** Returns a copy with another delay before the first poll. */
  public PollingOptions withFirstDelay(Duration delay) {
    return new PollingOptions(interval, delay, limit, videoLimit, jitter, maxFailedPolls);
  }

  /** Returns a copy with another limit, for videos too. */
  public PollingOptions withLimit(Duration limit) {
    return new PollingOptions(interval, firstDelay, limit, limit, jitter, maxFailedPolls);
  }

  /** Returns a copy with another limit for videos. */
  public PollingOptions withVideoLimit(Duration limit) {
    return new PollingOptions(interval, firstDelay, this.limit, limit, jitter, maxFailedPolls);
  }

  /** Returns a copy with another jitter. */
  public PollingOptions withJitter(double share) {
    return new PollingOptions(interval, firstDelay, limit, videoLimit, share, maxFailedPolls);
  }

  /** Returns a copy with another number of failed polls. */
  public PollingOptions withMaxFailedPolls(int polls) {
    return new PollingOptions(interval, firstDelay, limit, videoLimit, jitter, polls);
  }
}
