package ru.elumenta.redis;

import java.time.Duration;

/**
 * Whether Redis is left alone for the moment, because it failed. Meanwhile one in two seconds tries
 * whether it is back. Thread-safe.
 */
final class Outage {
  private static final System.Logger LOG = System.getLogger("ru.elumenta.redis");
  private static final long PAUSE = Duration.ofSeconds(2).toNanos();

  private final String part;
  private final String meanwhile;
  private volatile boolean isOn;
  private long nextTrial; // guarded by this
  private long began; // guarded by this

  /**
   * Creates it.
   *
   * @param part what needs Redis, as the beginning of a sentence
   * @param meanwhile what happens without it, as the end of one
   */
  Outage(String part, String meanwhile) {
    this.part = part;
    this.meanwhile = meanwhile;
  }

  boolean isOn() {
    return isOn;
  }

  /** Returns whether the caller may use it, or is to try it. */
  boolean mayTry() {
    if (!isOn) {
      return true;
    }
    synchronized (this) {
      long now = System.nanoTime();
      if (isOn && now - nextTrial < 0) {
        return false;
      }
      nextTrial = now + PAUSE;
      return true;
    }
  }

  /** It has failed. Said once, however often that happens before it is back. */
  void began(RedisFailure failure) {
    synchronized (this) {
      nextTrial = System.nanoTime() + PAUSE;
      if (isOn) {
        return;
      }
      isOn = true;
      began = System.nanoTime();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} of the fleet is not shared for now: {1}. Until it is back, {2}. {3}",
        part,
        failure.sentence(),
        meanwhile,
        failure.advice());
  }

  /** It has answered. */
  void ended() {
    if (!isOn) {
      return;
    }
    Duration lasted;
    synchronized (this) {
      if (!isOn) {
        return;
      }
      isOn = false;
      lasted = Duration.ofNanos(System.nanoTime() - began);
    }
    LOG.log(
        System.Logger.Level.INFO,
        "{0} of the fleet is shared again, after {1} s.",
        part,
        lasted.toSeconds());
  }
}
