package ru.elumenta.cli;

import java.util.Locale;
import java.util.OptionalLong;
import ru.elumenta.client.batch.BatchProgress;

/** Shows how far a batch is: done, running, failed, spent, speed, and the time to its end. */
final class BatchProgressLine {
  private final ProgressLine line;

  BatchProgressLine(ProgressLine line) {
    this.line = line;
  }

  void progressed(BatchProgress progress) {
    OptionalLong percent =
        progress.total() > 0
            ? OptionalLong.of(progress.settled() * 100 / progress.total())
            : OptionalLong.empty();
    StringBuilder details = new StringBuilder();
    details.append(progress.settled()).append('/').append(progress.total());
    details.append(", ").append(progress.running()).append(" running");
    if (progress.failed() > 0) {
      details.append(", ").append(progress.failed()).append(" failed");
    }
    if (progress.open() > 0) {
      details.append(", ").append(progress.open()).append(" open");
    }
    details.append(", ").append(progress.tokensSpent()).append(" tokens");
    if (progress.waitingUntil().isPresent()) {
      details.append(", waits until ").append(progress.waitingUntil().get());
    } else {
      details.append(String.format(Locale.ROOT, ", %.1f/min", progress.perMinute()));
      progress.estimatedEnd().ifPresent(end -> details.append(", done at ").append(end));
    }
    line.show("batch", percent, details.toString());
  }
}
