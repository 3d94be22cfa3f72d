package ru.elumenta.spring.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long streams may take; see {@link ru.elumenta.client.options.StreamOptions}. */
public final class StreamingProperties {
  /** How long nothing at all may come. By default the time for one attempt. */
  private @Nullable Duration idle;

  /** How long after its beginning a stream may end. */
  private Duration limit = Duration.ofMinutes(30);

  /** Whether a stream keeps what it has read, for its text, its result and its failure. */
  private boolean keepText = true;

  public @Nullable Duration getIdle() {
    return idle;
  }

  public void setIdle(@Nullable Duration idle) {
    this.idle = idle;
  }

  public Duration getLimit() {
    return limit;
  }

  public void setLimit(Duration limit) {
    this.limit = limit;
  }

  public boolean isKeepText() {
    return keepText;
  }

  public void setKeepText(boolean keepText) {
    this.keepText = keepText;
  }
}
