package ru.elumenta.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.model.Generation;

/** Waits for a job and shows how far it is. */
final class JobProgressLine {
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(30);

  private JobProgressLine() {}

  static Generation await(
      GenerationJob job, @Nullable Duration limit, String what, Surroundings around) {
    try (ProgressLine line = new ProgressLine(around)) {
      return job.await(
          limit == null ? USUAL_LIMIT : limit,
          progress ->
              line.show(
                  what,
                  progress.percent(),
                  progress.status()
                      + ", "
                      + Text.time(progress.elapsed())
                      + progress
                          .remaining()
                          .map(left -> ", about " + Text.time(left) + " left")
                          .orElse("")));
    }
  }
}
