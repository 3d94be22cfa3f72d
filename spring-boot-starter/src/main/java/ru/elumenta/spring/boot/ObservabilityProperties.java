package ru.elumenta.spring.boot;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is told of the clients to Micrometer; see {@link ru.elumenta.micrometer.ElumentaTelemetry}.
 */
@ConfigurationProperties("elumenta.observability")
public final class ObservabilityProperties {
  /**
   * Whether metrics and traces are made of what the clients do, if elumenta-micrometer is there.
   */
  private boolean enabled = true;

  /** Whether the timers of calls, requests, jobs and streams are histograms. */
  private boolean histograms = false;

  /** How many models have names of their own in metrics. Others are together in one. */
  private int maxModels = 100;

  /** Models that have names of their own in metrics before the service has answered for them. */
  private List<String> models = new ArrayList<>();

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public boolean isHistograms() {
    return histograms;
  }

  public void setHistograms(boolean histograms) {
    this.histograms = histograms;
  }

  public int getMaxModels() {
    return maxModels;
  }

  public void setMaxModels(int maxModels) {
    this.maxModels = maxModels;
  }

  public List<String> getModels() {
    return models;
  }

  public void setModels(List<String> models) {
    this.models = models;
  }
}
