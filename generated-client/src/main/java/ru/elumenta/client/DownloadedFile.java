package ru.elumenta.client;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that was downloaded whole.
 *
 * @param bytes its length
 * @param contentType what the host says it is, as in {@code image/webp}
 */
public record DownloadedFile(long bytes, Optional<String> contentType) {
  /** Creates it. */
  public DownloadedFile {
    Objects.requireNonNull(contentType, "contentType");
  }
}
