package ru.elumenta.client.event;

import java.util.Objects;

/**
 * One download, as a {@link CallListener} is told of it. The same object is handed over with all
 * that is told of one download. The address of the file is not part of it: whoever has that has the
 * file.
 *
 * @param host where the file is
 */
public record DownloadInfo(String host) {
  /** Creates the description. */
  public DownloadInfo {
    Objects.requireNonNull(host, "host");
  }
}
