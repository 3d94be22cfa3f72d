package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a download ended.
 *
 * @param took from its beginning to its end
 * @param bytes how many came
 * @param requests how many requests it took; redirects are not counted
 * @param failure what its caller gets if it failed
 */
public record DownloadEnd(Duration took, long bytes, int requests, Optional<Throwable> failure) {
  /** Creates the report. */
  public DownloadEnd {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(failure, "failure");
  }
}
