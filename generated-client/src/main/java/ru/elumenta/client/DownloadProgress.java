package ru.elumenta.client;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far a download has come.
 *
 * @param bytes how many bytes of the file have arrived
 * @param total how many it has, if the host says so
 */
public record DownloadProgress(long bytes, OptionalLong total) {
  /** Creates a report. */
  public DownloadProgress {
    Objects.requireNonNull(total, "total");
  }
}
