package ru.elumenta.spring.boot;

import org.jspecify.annotations.Nullable;

/** The trust in the service, and a certificate of the client. */
public final class SslProperties {
  /**
   * Name of an SSL bundle (spring.ssl.bundle) whose trust and keys are used. By default those of
   * the JVM.
   */
  private @Nullable String bundle;

  public @Nullable String getBundle() {
    return bundle;
  }

  public void setBundle(@Nullable String bundle) {
    this.bundle = bundle;
  }
}
