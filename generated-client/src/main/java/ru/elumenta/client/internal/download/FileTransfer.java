package ru.elumenta.client.internal.download;

import feign.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import ru.elumenta.client.DownloadProgress;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.error.ElumentaException;

/**
 * Brings one file here, whole. What breaks off is taken up where it broke off if the host allows
 * that and the file is still the same, and begun anew if not. Used by one thread, once.
 */
final class FileTransfer {
  /** Attempts in a row that bring nothing new. */
  private static final int MOST_FUTILE_ATTEMPTS = 3;

  private static final int MOST_ATTEMPTS = 50;
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(100);
  private static final Set<Integer> EXPIRED = Set.of(403, 404, 410);

  private final URI file;
  private final long mostBytes;
  private final Consumer<? super DownloadProgress> progress;
  private final FileRequests requests;
  private final DownloadFailures failures;
  private final TimeSource time;
  private final Pause pause;
  private final Deadline whole;
  private final FileSink sink;

  private int attempts;
  private long position; // bytes in the sink
  private long furthest; // the most there ever were
  private OptionalLong total = OptionalLong.empty();
  private String validator; // null if what is in the sink cannot be gone on with
  private Optional<String> contentType = Optional.empty();
  private long lastReport;

  FileTransfer(
      URI file,
      long mostBytes,
      Consumer<? super DownloadProgress> progress,
      FileRequests requests,
      DownloadFailures failures,
      TimeSource time,
      Pause pause,
      Deadline whole,
      FileSink sink) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.progress = progress;
    this.requests = requests;
    this.failures = failures;
    this.time = time;
    this.pause = pause;
    this.whole = whole;
    this.sink = sink;
    this.lastReport = time.nanoTime();
  }

  DownloadedFile run() {
    int futile = 0;
    while (true) {
      long before = furthest;
      try {
        receive();
        finish();
        return new DownloadedFile(position, contentType);
      } catch (BrokenOffException e) {
        futile = furthest > before ? 0 : futile + 1;
        if (futile == MOST_FUTILE_ATTEMPTS || attempts == MOST_ATTEMPTS) {
          throw e.failure();
        }
        rest(futile, e);
      }
    }
  }

  private void finish() {
    try {
      sink.finish();
    } catch (IOException e) {
      throw failures.notWritten(e);
    }
    report();
  }

  /** One attempt; returns when the file is whole. */
  private void receive() throws BrokenOffException {
    attempts++;
    failures.attempt();
    if (validator == null) {
      restart(null);
    }
    Response response = requests.get(file, position, validator, attempts);
    if (response.status() == 416 && isWhole(response)) {
      return;
    }
    refuseOthers(response);
    ArrivingBody body = (ArrivingBody) response.body();
    boolean isRead = false;
    try {
      begin(response);
      read(body);
      isRead = true;
    } finally {
      if (!isRead) {
        body.close();
      }
    }
  }

  /** The last attempt brought the last byte, and broke off after it. */
  private boolean isWhole(Response response) {
    return FileRequests.header(response, "Content-Range")
        .flatMap(ContentRange::of)
        .filter(range -> range.total().orElse(-1) == position)
        .isPresent();
  }

  private void refuseOthers(Response response) throws BrokenOffException {
    int status = response.status();
    if (status == 200 || status == 206 && validator != null) {
      return;
    }
    if (EXPIRED.contains(status)) {
      throw failures.expired(response);
    }
    if (response.body() instanceof ArrivingBody body) {
      body.close();
      throw failures.noFile(response, "the host answered " + status);
    }
    ElumentaException refused = failures.refused(response, FileRequests.said(response));
    if (status == 416) {
      validator = null;
      throw new BrokenOffException(refused);
    }
    if (status == 408 || status == 429 || status >= 500) {
      throw new BrokenOffException(refused);
    }
    throw refused;
  }

  /** Reads the headers of a success. */
  private void begin(Response response) throws BrokenOffException {
    if (response.status() == 206) {
      checkRange(response);
      return;
    }
    restart(response);
    contentType = FileRequests.header(response, "Content-Type");
    if (contentType.map(FileTransfer::isPage).orElse(false)) {
      throw failures.noFile(response, "the host answered with a web page");
    }
    if (FileRequests.header(response, "Content-Encoding")
        .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
        .isPresent()) {
      throw failures.noFile(response, "the host encoded it, which it was asked not to");
    }
    total = length(response);
    if (total.orElse(0) > mostBytes) {
      throw failures.tooLarge(mostBytes);
    }
    validator = strongValidator(response);
  }

  private static boolean isPage(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  private static OptionalLong length(Response response) {
    Optional<String> length =
        FileRequests.header(response, "Content-Length").filter(text -> text.matches("\\d{1,18}"));
    return length.isPresent()
        ? OptionalLong.of(Long.parseLong(length.get()))
        : OptionalLong.empty();
  }

  /** What tells one state of the file from another: a strong tag, or else a date. */
  private static String strongValidator(Response response) {
    return FileRequests.header(response, "ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> FileRequests.header(response, "Last-Modified"))
        .orElse(null);
  }

  private void checkRange(Response response) throws BrokenOffException {
    ContentRange range =
        FileRequests.header(response, "Content-Range").flatMap(ContentRange::of).orElse(null);
    boolean fits =
        range != null
            && range.start().orElse(-1) == position
            && (total.isEmpty() || range.total().isEmpty() || range.total().equals(total));
    if (!fits) {
      validator = null;
      throw new BrokenOffException(
          failures.noFile(response, "the host sent another part of it than it was asked for"));
    }
  }

  /** Begins anew, if anything has been begun. */
  private void restart(Response response) {
    if (position == 0) {
      return;
    }
    try {
      if (!sink.restart()) {
        throw response == null
            ? failures.brokenOff("it broke off, and its host says nothing to go on by", null)
            : failures.noFile(response, "it broke off, and its host begins it anew");
      }
    } catch (IOException e) {
      throw failures.notWritten(e);
    }
    position = 0;
    total = OptionalLong.empty();
  }

  private void read(ArrivingBody body) throws BrokenOffException {
    List<ByteBuffer> arrived = take(body);
    while (arrived != null) {
      for (ByteBuffer bytes : arrived) {
        write(bytes);
      }
      if (time.nanoTime() - lastReport >= BETWEEN_REPORTS.toNanos()) {
        report();
      }
      arrived = take(body);
    }
    if (total.isPresent() && position != total.getAsLong()) {
      throw new BrokenOffException(
          failures.brokenOff(
              "it ended after %d of %d bytes".formatted(position, total.getAsLong()), null));
    }
  }

  private List<ByteBuffer> take(ArrivingBody body) throws BrokenOffException {
    try {
      return body.take(requests.patience());
    } catch (ExchangeException e) {
      throw failures.of(e);
    }
  }

  private void write(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (position + length > mostBytes) {
      throw failures.tooLarge(mostBytes);
    }
    try {
      sink.write(bytes);
    } catch (IOException e) {
      throw failures.notWritten(e);
    }
    position += length;
    furthest = Math.max(furthest, position);
  }

  private void report() {
    lastReport = time.nanoTime();
    try {
      progress.accept(new DownloadProgress(position, total));
    } catch (RuntimeException e) {
      // A report that fails is no reason to lose the file.
    }
  }

  /** Waits before the next attempt: longer after each that brought nothing. */
  private void rest(int futile, BrokenOffException last) {
    Duration backOff = Duration.ofSeconds(1L << futile);
    Duration wait = backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF;
    if (last.serverNamedWait().compareTo(wait) > 0) {
      wait = last.serverNamedWait();
    }
    if (wait.compareTo(whole.remaining()) >= 0) {
      throw last.failure();
    }
    try {
      if (pause.sleep(wait) == Pause.End.CLOSED) {
        throw failures.interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted("while it waited to go on");
    }
  }
}
