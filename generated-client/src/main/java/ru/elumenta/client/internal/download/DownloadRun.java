package ru.elumenta.client.internal.download;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.client.event.DownloadInfo;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.options.TimeSource;

/** Runs a download, of which the listeners are told. */
public final class DownloadRun {
  private DownloadRun() {}

  /** Downloads the file. */
  public static WholeFile told(FileDownload download, Listeners listeners, TimeSource time) {
    if (listeners.isEmpty()) {
      return download.run();
    }
    DownloadInfo info = new DownloadInfo(download.host());
    long start = time.nanoTime();
    Throwable failure = null;
    listeners.tell(told -> told.downloadStarted(info));
    try {
      return download.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      DownloadEnd end =
          new DownloadEnd(
              Duration.ofNanos(time.nanoTime() - start),
              download.received(),
              download.requests(),
              Optional.ofNullable(failure));
      listeners.tell(told -> told.downloadEnded(info, end));
    }
  }
}
