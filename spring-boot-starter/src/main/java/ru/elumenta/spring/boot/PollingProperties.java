package ru.elumenta.spring.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a pending generation is waited for; see {@link ru.elumenta.client.options.PollingOptions}.
 */
public final class PollingProperties {
  /** Time between two polls. */
  private Duration interval = Duration.ofSeconds(5);

  /** Time from submitting to the first poll. By default the interval. */
  private @Nullable Duration firstDelay;

  /** How long to wait in all. */
  private Duration limit = Duration.ofMinutes(5);

  /** How long to wait for a video, if that is longer than the limit. */
  private Duration videoLimit = Duration.ofMinutes(15);

  /** Share by which a delay is lengthened at random at the most, 0 to 1. */
  private double jitter = 0.1;

  /**
   * How many polls in a row may fail for a passing reason before the wait ends with that failure.
   */
  private int maxFailedPolls = 10;

  public Duration getInterval() {
    return interval;
  }

  public void setInterval(Duration interval) {
    this.interval = interval;
  }

  public @Nullable Duration getFirstDelay() {
    return firstDelay;
  }

  public void setFirstDelay(@Nullable Duration firstDelay) {
    this.firstDelay = firstDelay;
  }

  public Duration getLimit() {
    return limit;
  }

  public void setLimit(Duration limit) {
    this.limit = limit;
  }

  public Duration getVideoLimit() {
    return videoLimit;
  }

  public void setVideoLimit(Duration videoLimit) {
    this.videoLimit = videoLimit;
  }

  public double getJitter() {
    return jitter;
  }

  public void setJitter(double jitter) {
    this.jitter = jitter;
  }

  public int getMaxFailedPolls() {
    return maxFailedPolls;
  }

  public void setMaxFailedPolls(int maxFailedPolls) {
    this.maxFailedPolls = maxFailedPolls;
  }
}
