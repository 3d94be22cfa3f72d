package ru.elumenta.client;

import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import ru.elumenta.client.internal.download.FileDownloads.Opening;
import ru.elumenta.client.internal.download.ForwardedBytes;
import ru.elumenta.client.internal.download.PartFile;

/**
 * The download of a generation's file, not yet begun. Costs nothing.
 *
 * <pre>{@code
 * elumenta.download(video).to(Path.of("waves.mp4"));
 * }</pre>
 *
 * <p>The host of the file gets no credentials: a request is its address, what is accepted and the
 * range that is missing. Files are fetched over https from hosts in the public internet; only a
 * client whose own service is on this machine may fetch from there. Redirects, five at most, are
 * held to the same.
 *
 * <p>What breaks off is taken up where it broke off, if the host allows ranges and the file is
 * still the same, or else begun anew; after three attempts in a row that brought nothing new the
 * download fails. It takes a small and constant amount of memory.
 *
 * <p>Fails with
 *
 * <ul>
 *   <li>{@link FileExpiredException} if the file is no longer there,
 *   <li>{@link DownloadException} if it cannot be had or cannot be written,
 *   <li>{@link ru.elumenta.error.CallTimeoutException} if its time is over,
 *   <li>{@link ru.elumenta.error.CallInterruptedException} if the thread is interrupted, or the
 *       client closed.
 * </ul>
 *
 * <p>Immutable and thread-safe; each call of {@code to} is a download of its own.
 */
public final class Download {
  /** How long a file may be unless {@link #atMost} says otherwise. */
  public static final long DEFAULT_MOST_BYTES = 2L << 30;

  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(30);

  private final ClientCore core;
  private final URI file;
  private final String generation;
  private final long mostBytes;
  private final Duration limit;
  private final boolean overwrites;
  private final Consumer<? super DownloadProgress> progress;

  private Download(
      ClientCore core,
      URI file,
      String generation,
      long mostBytes,
      Duration limit,
      boolean overwrites,
      Consumer<? super DownloadProgress> progress) {
    this.core = core;
    this.file = file;
    this.generation = generation;
    this.mostBytes = mostBytes;
    this.limit = limit;
    this.overwrites = overwrites;
    this.progress = progress;
  }

  /**
   * Prepares a download with all defaults.
   *
   * @param limit of the client, or null
   */
  static Download of(ClientCore core, String address, GenerationId generation, Duration limit) {
    URI file;
    try {
      file = new URI(address.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The file's address is no URL: " + e.getReason() + ".");
    }
    return new Download(
        core,
        file,
        generation == null ? null : generation.toString(),
        DEFAULT_MOST_BYTES,
        limit == null ? DEFAULT_LIMIT : limit,
        false,
        any -> {});
  }

  /** Returns a copy that refuses files longer than this. Default {@link #DEFAULT_MOST_BYTES}. */
  public Download atMost(long bytes) {
    Require.that(bytes >= 0, "atMost must not be negative, but is %d.", bytes);
    return new Download(core, file, generation, bytes, limit, overwrites, progress);
  }

  /**
   * Returns a copy with another time for all of it, waits between attempts included. Default 30
   * minutes, or what {@link ElumentaClient#within} says. How long the host may be silent is the
   * client's {@link ElumentaClientBuilder#attemptTimeout}.
   */
  public Download within(Duration time) {
    return new Download(
        core, file, generation, mostBytes, Require.positive("within", time), overwrites, progress);
  }

  /** Returns a copy that replaces a file which is there already. Default: it is refused. */
  public Download overwriting() {
    return new Download(core, file, generation, mostBytes, limit, true, progress);
  }

  /**
   * Returns a copy that tells how far it has come, at most ten times a second and at the end, on
   * the thread that downloads. What the listener throws is ignored.
   */
  public Download progress(Consumer<? super DownloadProgress> listener) {
    return new Download(
        core,
        file,
        generation,
        mostBytes,
        limit,
        overwrites,
        Require.notNull("progress", listener));
  }

  /**
   * Downloads to a file. It appears under its name when it is whole and on the disk; until then it
   * is a hidden file ending in {@code .part} in the same directory, which a failure removes.
   *
   * @param target its directory exists
   */
  public DownloadedFile to(Path target) {
    Require.notNull("target", target);
    return run(() -> new PartFile(target, overwrites));
  }

  /**
   * Downloads to a stream, which is flushed and not closed. What broke off can be taken up only if
   * the host allows ranges, because a stream cannot be begun anew.
   */
  public DownloadedFile to(OutputStream out) {
    Require.notNull("out", out);
    return run(() -> new ForwardedBytes(out));
  }

  /**
   * {@link #to(Path)} without waiting for it, on the builder's {@link
   * ElumentaClientBuilder#executor}. Cancelling the future ends it and removes what has arrived.
   */
  public CompletableFuture<DownloadedFile> toAsync(Path target) {
    Require.notNull("target", target);
    return core.async().start(() -> to(target));
  }

  private DownloadedFile run(Opening destination) {
    return core.downloads().download(file, generation, mostBytes, limit, progress, destination);
  }

  /** Shows the file's host and path, not the query, which may hold a signature. */
  @Override
  public String toString() {
    return "Download[%s%s]".formatted(file.getHost(), file.getRawPath());
  }
}
