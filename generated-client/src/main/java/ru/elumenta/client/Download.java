package ru.elumenta.client;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.FileUnavailableException;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.DownloadProgress;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.download.DownloadRun;
import ru.elumenta.client.internal.download.DownloadTerms;
import ru.elumenta.client.internal.download.FileDownload;
import ru.elumenta.client.internal.download.FileTarget;
import ru.elumenta.client.internal.download.StreamTarget;
import ru.elumenta.client.internal.download.Target;
import ru.elumenta.client.internal.download.WholeFile;
import ru.elumenta.client.internal.service.ClientCore;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationView;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.RetryOptions;

/**
 * A download of the file of a generation, as in {@code
 * elumenta.download(generation).to(Path.of("lighthouse.webp"))}. Costs nothing, however often.
 *
 * <p>The host of the files is sent no credentials, no cookies, nothing but the address. Files are
 * fetched over https only and from public addresses only, redirects included, of which at most five
 * are followed; if the client's own base URL is on this machine, so may the file be. The addresses
 * of a host are looked up and checked before the connection is made; the JDK looks them up again,
 * by default in a cache of 30 s, so a host that changes its address just then is not caught by this
 * check, only by TLS, for which it would need a certificate of its name.
 *
 * <p>A connection that breaks, or brings nothing for the client's {@link
 * ElumentaClientBuilder#attemptTimeout}, is made again and goes on where it ended if the host gives
 * parts of the same version of the file; else the file is started over. Given up after as many
 * requests in a row without further bytes as {@link RetryOptions#maxAttempts()}, or after 20
 * further requests; with {@link RetryOptions#none()} after the first.
 *
 * <p>A {@link CallListener} is told of downloads as such: they are no calls of the API.
 *
 * <p>Immutable and thread-safe; each {@code to} downloads anew.
 */
public final class Download {
  private static final long DEFAULT_MAX_BYTES = 2L << 30;
  static final Duration DEFAULT_LIMIT = Duration.ofMinutes(30);

  private final ClientCore core;
  private final @Nullable String file; // null if there is none
  private final @Nullable String thumbnail; // null if there is none
  private final String without; // says what is there in place of a file
  private final boolean isThumbnail;
  private final boolean isReplacing;
  private final long maxBytes;
  private final Duration limit;
  private final @Nullable DownloadProgress progress;

  private Download(
      ClientCore core,
      @Nullable String file,
      @Nullable String thumbnail,
      String without,
      boolean isThumbnail,
      boolean isReplacing,
      long maxBytes,
      Duration limit,
      @Nullable DownloadProgress progress) {
    this.core = core;
    this.file = file;
    this.thumbnail = thumbnail;
    this.without = without;
    this.isThumbnail = isThumbnail;
    this.isReplacing = isReplacing;
    this.maxBytes = maxBytes;
    this.limit = limit;
    this.progress = progress;
  }

  static Download of(Generation generation, ClientCore core, Duration limit) {
    return of(generation, generation.getThumbnailUrl(), without(generation), core, limit);
  }

  static Download of(HistoryItem row, ClientCore core, Duration limit) {
    return of(row, null, without(row), core, limit);
  }

  static Download of(String url, ClientCore core, Duration limit) {
    return new Download(
        core,
        url,
        null,
        "Only its address is known.",
        false,
        false,
        DEFAULT_MAX_BYTES,
        limit,
        null);
  }

  private static Download of(
      GenerationView view,
      @Nullable String thumbnail,
      String without,
      ClientCore core,
      Duration limit) {
    return new Download(
        core,
        view.fileUrl().orElse(null),
        thumbnail,
        without,
        false,
        false,
        DEFAULT_MAX_BYTES,
        limit,
        null);
  }

  private static String without(GenerationView view) {
    if (view.isFailed()) {
      return "It failed.";
    }
    if (!view.isFinished()) {
      return "It is not finished: wait for it, as with attach(id).await().";
    }
    return view.text().isPresent()
        ? "It is a text: read text()."
        : "It is finished, and the service named none.";
  }

  /** Returns a download of the preview picture, which videos have, in place of the file itself. */
  public Download thumbnail() {
    return new Download(
        core, file, thumbnail, without, true, isReplacing, maxBytes, limit, progress);
  }

  /**
   * Returns a download that takes the place of the file that it goes to. Default: it is refused.
   */
  public Download replacing() {
    return new Download(
        core, file, thumbnail, without, isThumbnail, true, maxBytes, limit, progress);
  }

  /**
   * Returns a download that takes files of another size.
   *
   * @param bytes the most that a file may have; default 2 GiB
   * @throws IllegalArgumentException if it is not positive
   */
  public Download maxBytes(long bytes) {
    Require.that(bytes > 0, "maxBytes must be positive, but is %s.", bytes);
    return new Download(
        core, file, thumbnail, without, isThumbnail, isReplacing, bytes, limit, progress);
  }

  /**
   * Returns a download with another time limit: of all requests and the waits between them. Default
   * 30 minutes, or the time of {@link ElumentaClient#within}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Download within(Duration time) {
    return new Download(
        core,
        file,
        thumbnail,
        without,
        isThumbnail,
        isReplacing,
        maxBytes,
        Require.positive("limit", time),
        progress);
  }

  /** Returns a download that tells how far it has come. */
  public Download progress(DownloadProgress told) {
    return new Download(
        core,
        file,
        thumbnail,
        without,
        isThumbnail,
        isReplacing,
        maxBytes,
        limit,
        Require.notNull("progress", told));
  }

  /**
   * Downloads to a file. It is there when this returns, whole and on the disk, or not at all: the
   * bytes go to another file beside it ({@code .elumenta-….part}), which is renamed at the end and
   * removed after a failure.
   *
   * @param path the file, in a directory that exists
   * @throws IllegalArgumentException if the generation has no file; no request is made
   * @throws FileUnavailableException if the host has it no more: 403, 404, 410
   * @throws DownloadFailedException if it could not be fetched or written
   * @throws ru.elumenta.error.CallTimeoutException if it is not there at the time limit
   * @throws ru.elumenta.error.CallInterruptedException if the thread is interrupted or the client
   *     closed
   */
  public DownloadedFile to(Path path) {
    Require.notNull("path", path);
    Deadline whole = Deadline.after(limit, core.time());
    String address = address();
    try (Target target = FileTarget.open(path, isReplacing, address, core.time())) {
      return run(address, target, whole);
    }
  }

  /**
   * Downloads to a stream, which is flushed and stays open. What has been written stays written if
   * the download fails, and if the file has to be started over after that it does fail.
   *
   * @throws ru.elumenta.error.ElumentaException as {@link #to(Path)} does
   */
  public DownloadedFile to(OutputStream out) {
    Require.notNull("out", out);
    Deadline whole = Deadline.after(limit, core.time());
    String address = address();
    try (Target target = new StreamTarget(out)) {
      return run(address, target, whole);
    }
  }

  /** {@link #to(Path)} without waiting for it; see {@link ElumentaClient#async} for cancelling. */
  public CompletableFuture<DownloadedFile> toAsync(Path path) {
    Require.notNull("path", path);
    address();
    return core.async().start(() -> to(path));
  }

  /**
   * {@link #to(OutputStream)} without waiting for it; see {@link ElumentaClient#async} for
   * cancelling.
   */
  public CompletableFuture<DownloadedFile> toAsync(OutputStream out) {
    Require.notNull("out", out);
    address();
    return core.async().start(() -> to(out));
  }

  private String address() {
    String address = isThumbnail ? thumbnail : file;
    Require.that(
        address != null,
        isThumbnail
            ? "There is no thumbnail to download: the service named none."
            : "There is no file to download. %s",
        without);
    return address;
  }

  private DownloadedFile run(String address, Target target, Deadline whole) {
    CallSettings settings = core.settings();
    DownloadTerms terms =
        new DownloadTerms(
            settings.time(),
            settings.pause(),
            settings.retry(),
            settings.attemptTimeout(),
            whole,
            maxBytes,
            progress == null ? (bytes, total) -> {} : progress);
    WholeFile file =
        DownloadRun.told(
            new FileDownload(address, core.files(), terms, target),
            settings.listeners(),
            settings.time());
    return new DownloadedFile(file.bytes(), file.contentType());
  }
}
