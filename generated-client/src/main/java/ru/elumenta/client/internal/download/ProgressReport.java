package ru.elumenta.client.internal.download;

import java.time.Duration;
import java.util.OptionalLong;
import ru.elumenta.client.event.DownloadProgress;
import ru.elumenta.client.options.TimeSource;

/** Tells the application how far a download has come, but not too often. Used by one thread. */
final class ProgressReport {
  private static final long LEAST_GAP = Duration.ofMillis(100).toNanos();

  private final DownloadProgress told;
  private final TimeSource time;
  private long toldAt;

  ProgressReport(DownloadProgress told, TimeSource time) {
    this.told = told;
    this.time = time;
    this.toldAt = time.nanoTime();
  }

  void received(long bytes, OptionalLong total) {
    long now = time.nanoTime();
    if (now - toldAt >= LEAST_GAP) {
      toldAt = now;
      tell(bytes, total);
    }
  }

  void finished(long bytes) {
    tell(bytes, OptionalLong.of(bytes));
  }

  private void tell(long bytes, OptionalLong total) {
    try {
      told.received(bytes, total);
    } catch (RuntimeException e) {
      // As its contract says: watching a download must not end it.
    }
  }
}
