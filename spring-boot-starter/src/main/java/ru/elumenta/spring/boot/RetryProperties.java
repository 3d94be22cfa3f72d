package ru.elumenta.spring.boot;

import java.time.Duration;

/**
 * How often and how fast a call is tried again; see {@link
 * ru.elumenta.client.options.RetryOptions}.
 */
public final class RetryProperties {
  /** How many times a request is sent at the most, the first one included. 1 turns retrying off. */
  private int maxAttempts = 3;

  /** Wait before the second attempt, doubled for each further one. */
  private Duration firstBackOff = Duration.ofSeconds(1);

  /** Longest wait computed so. Waits named by the service are never shortened. */
  private Duration maxBackOff = Duration.ofSeconds(30);

  /** Share by which a computed wait is lengthened at random at the most, 0 to 1. */
  private double jitter = 0.25;

  /** Wait after a 429 that names none. */
  private Duration rateLimitWait = Duration.ofSeconds(60);

  /** How many further attempts all calls of a client may make while none succeeds. */
  private int budget = 100;

  public int getMaxAttempts() {
    return maxAttempts;
  }

  public void setMaxAttempts(int maxAttempts) {
    this.maxAttempts = maxAttempts;
  }

  public Duration getFirstBackOff() {
    return firstBackOff;
  }

  public void setFirstBackOff(Duration firstBackOff) {
    this.firstBackOff = firstBackOff;
  }

  public Duration getMaxBackOff() {
    return maxBackOff;
  }

  public void setMaxBackOff(Duration maxBackOff) {
    this.maxBackOff = maxBackOff;
  }

  public double getJitter() {
    return jitter;
  }

  public void setJitter(double jitter) {
    this.jitter = jitter;
  }

  public Duration getRateLimitWait() {
    return rateLimitWait;
  }

  public void setRateLimitWait(Duration rateLimitWait) {
    this.rateLimitWait = rateLimitWait;
  }

  public int getBudget() {
    return budget;
  }

  public void setBudget(int budget) {
    this.budget = budget;
  }
}
