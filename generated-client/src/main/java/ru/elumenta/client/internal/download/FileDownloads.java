package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import ru.elumenta.client.DownloadProgress;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.transport.HttpTransport;

/** Downloads files for one client, over connections that never see its credentials. Thread-safe. */
public final class FileDownloads {
  private final HttpTransport transport;
  private final TimeSource time;
  private final Pause pause;
  private final Duration attemptTimeout;
  private final FileAddress addresses;

  /**
   * Creates it.
   *
   * @param attemptTimeout how long to wait for headers, and for the next bytes
   * @param serviceHost the client's; files may be on this machine if the service is
   */
  public FileDownloads(
      HttpTransport transport,
      TimeSource time,
      Pause pause,
      Duration attemptTimeout,
      String serviceHost) {
    this.transport = transport;
    this.time = time;
    this.pause = pause;
    this.attemptTimeout = attemptTimeout;
    this.addresses =
        new FileAddress(FileAddress.isLiteralLoopback(serviceHost), InetAddress::getAllByName);
  }

  /** Opens the place that a file goes to. */
  @FunctionalInterface
  public interface Opening {
    /** Opens it. */
    FileSink open() throws IOException;
  }

  /**
   * Downloads a file.
   *
   * @param generation the id of its generation, or null
   * @param limit the time for all of it
   */
  public DownloadedFile download(
      URI file,
      String generation,
      long mostBytes,
      Duration limit,
      Consumer<? super DownloadProgress> progress,
      Opening destination) {
    Deadline whole = Deadline.after(limit, time);
    DownloadFailures failures = new DownloadFailures(generation, file, time, whole);
    FileRequests requests =
        new FileRequests(transport.streaming(), addresses, time, attemptTimeout, whole, failures);
    try (FileSink sink = destination.open()) {
      return new FileTransfer(
              file, mostBytes, progress, requests, failures, time, pause, whole, sink)
          .run();
    } catch (IOException e) { // of this machine; those of the host have become other exceptions
      throw failures.notWritten(e);
    }
  }
}
