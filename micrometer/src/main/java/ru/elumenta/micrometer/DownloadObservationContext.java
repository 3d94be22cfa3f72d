package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.client.event.DownloadInfo;

/** One download of a file. */
public final class DownloadObservationContext extends Observation.Context {
  private final String client;
  private final DownloadInfo download;
  private volatile @Nullable DownloadEnd end;

  DownloadObservationContext(String client, DownloadInfo download) {
    this.client = client;
    this.download = download;
  }

  /** Returns the name of the client. */
  public String client() {
    return client;
  }

  /** Returns what is observed. */
  public DownloadInfo download() {
    return download;
  }

  /** Returns how it ended; empty until then. */
  public Optional<DownloadEnd> end() {
    return Optional.ofNullable(end);
  }

  void ended(DownloadEnd how) {
    end = how;
  }
}
