package ru.elumenta.spring.boot;

import java.time.Duration;

/**
 * When a model is left alone for a while; see {@link
 * ru.elumenta.client.options.CircuitBreakerOptions}.
 */
public final class CircuitBreakerProperties {
  /** Whether a model is left alone for a while after it was unavailable again and again. */
  private boolean enabled = false;

  /** How many answers in a row that a model is unavailable open its breaker. */
  private int failures = 5;

  /** How long the breaker stays open at the least. */
  private Duration pause = Duration.ofSeconds(30);

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public int getFailures() {
    return failures;
  }

  public void setFailures(int failures) {
    this.failures = failures;
  }

  public Duration getPause() {
    return pause;
  }

  public void setPause(Duration pause) {
    this.pause = pause;
  }
}
