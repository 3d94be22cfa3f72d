package ru.elumenta.client.event;

import java.util.Objects;
import java.util.Optional;

/**
 * One stream, as a {@link CallListener} is told of it. The same object is handed over with all that
 * is told of one stream.
 *
 * @param path the path of its entry point, for example {@code /generate/stream}
 * @param model the slug of the model that is asked, if the request names one
 */
public record StreamInfo(String path, Optional<String> model) {
  /** Creates the description. */
  public StreamInfo {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(model, "model");
  }
}
