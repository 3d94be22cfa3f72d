package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.DownloadFailedException;
import ru.elumenta.client.DownloadFailedException.Reason;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.RetryOptions;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.download.AddressRule.RefusedAddress;
import ru.elumenta.client.internal.download.FileHosts.Answer;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.error.ElumentaException;

/**
 * One download, from the first request to the last byte. Where a connection breaks it goes on, if
 * the host gives parts of the same file, and else starts over. Used by one thread.
 */
public final class FileDownload {
  /** How often it goes on, however much each request brings. */
  private static final int MOST_RESUMES = 20;

  /** What hosts put in the place of a file when something is wrong; no page shows such a result. */
  private static final Set<String> NO_FILES =
      Set.of(
          "text/html", "application/xhtml+xml", "application/json", "application/xml", "text/xml");

  private final URI file;
  private final FileHosts hosts;
  private final DownloadTerms terms;
  private final Target target;
  private final Deadline whole;
  private final DownloadFailures failures;
  private final ProgressReport progress;

  private long received; // what the target holds
  private long farthest; // the most it has held
  private FileVersion version; // of what it holds; null if that cannot be gone on with
  private Optional<String> contentType = Optional.empty();

  /**
   * Creates it; the time begins to count.
   *
   * @param address of the file
   */
  public FileDownload(String address, FileHosts hosts, DownloadTerms terms, Target target) {
    this.hosts = hosts;
    this.terms = terms;
    this.target = target;
    this.whole = Deadline.after(terms.limit(), terms.time());
    this.progress = new ProgressReport(terms.progress(), terms.time());
    try {
      this.file = AddressRule.parsed(address);
    } catch (RefusedAddress e) {
      throw new DownloadFailures(URI.create("/"), terms.time(), whole)
          .of(Reason.ADDRESS_REFUSED, e.getMessage(), null);
    }
    this.failures = new DownloadFailures(file, terms.time(), whole);
  }

  /** A failure after which it may go on. */
  private static final class Setback extends Exception {
    private final ElumentaException failure;

    Setback(ElumentaException failure) {
      super(null, null, false, false);
      this.failure = failure;
    }
  }

  /** Downloads the file. */
  public DownloadedFile run() {
    int fruitless = 0;
    for (int requests = 1; ; requests++) {
      try {
        fetch();
        finish();
        return new DownloadedFile(received, contentType);
      } catch (Setback e) {
        fruitless = received > farthest ? 0 : fruitless + 1;
        farthest = Math.max(farthest, received);
        goOn(e.failure, requests, fruitless);
      }
    }
  }

  private void fetch() throws Setback {
    Answer answer = answer();
    if (!(answer.response().body() instanceof ArrivingBody body)) {
      throw refused(answer);
    }
    try (body) {
      if (answer.status() == 206 && received > 0) {
        checkPart(answer);
      } else if (answer.status() == 200) {
        begin(answer);
      } else {
        throw failures.status(answer, new byte[0]);
      }
      copy(body, answer);
    }
    if (version.total() >= 0 && received != version.total()) {
      throw new Setback(failures.brokenOff("of %d".formatted(version.total()), received, null));
    }
  }

  private Answer answer() throws Setback {
    failures.at(file);
    failures.requestBegins();
    try {
      Answer answer = hosts.ask(file, headers(), this::patience);
      failures.at(answer.from());
      return answer;
    } catch (RefusedAddress e) {
      throw failures.of(Reason.ADDRESS_REFUSED, e.getMessage(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted("while the host was looked up");
    } catch (CancellationException e) {
      throw failures.interrupted("because the client is closed");
    } catch (UnknownHostException e) {
      throw new Setback(failures.brokenOff("the host cannot be found", received, e));
    } catch (TimeoutException e) {
      throw passing(failures.silent(received));
    } catch (ExchangeException e) {
      throw passing(failures.exchange(e, received));
    } catch (IOException e) {
      throw new Setback(failures.brokenOff("the connection failed", received, e));
    }
  }

  private Map<String, String> headers() {
    if (received > 0 && (version == null || version.validator() == null)) {
      startOver("it cannot be gone on with where it broke off");
    }
    Map<String, String> headers = new LinkedHashMap<>(DownloadFailures.plain());
    if (received > 0) {
      headers.put("Range", "bytes=" + received + "-");
      headers.put("If-Range", version.validator());
    }
    return headers;
  }

  private Duration patience() {
    Duration left = whole.remaining();
    Duration patience = left.compareTo(terms.idle()) < 0 ? left : terms.idle();
    return patience.isNegative() || patience.isZero() ? Duration.ofMillis(1) : patience;
  }

  private static Setback passing(ElumentaException failure) {
    if (failure instanceof DownloadFailedException) {
      return new Setback(failure);
    }
    throw failure;
  }

  private Setback refused(Answer answer) {
    byte[] body;
    try (InputStream in =
        answer.response().body() == null
            ? InputStream.nullInputStream()
            : answer.response().body().asInputStream()) {
      body = in.readAllBytes();
    } catch (IOException e) {
      body = new byte[0];
    }
    ElumentaException failure = failures.status(answer, body);
    if (answer.status() == 416 && received > 0) {
      version = null;
      return new Setback(failure);
    }
    if (failure.isTransient()) {
      return new Setback(failure);
    }
    throw failure;
  }

  /** A whole file comes, whatever was asked for. */
  private void begin(Answer answer) {
    if (received > 0) {
      startOver("the host sends it from its beginning again, perhaps another one");
    }
    Map<String, List<String>> headers = answer.headers();
    version = FileVersion.of(headers);
    contentType =
        FileVersion.first(headers, "content-type")
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    if (contentType.filter(NO_FILES::contains).isPresent()) {
      throw noFile(answer, "the host sent " + contentType.get() + " in its place");
    }
    boolean isPacked =
        FileVersion.first(headers, "content-encoding")
            .filter(coding -> !coding.equalsIgnoreCase("identity"))
            .isPresent();
    if (isPacked) {
      throw noFile(answer, "the host packed it, which was not asked for");
    }
    if (version.total() == 0) {
      throw noFile(answer, "the host sent nothing");
    }
    if (version.total() < 0 && FileVersion.first(headers, "transfer-encoding").isEmpty()) {
      throw noFile(
          answer,
          "the host does not say how long it is, so a part of it would look like the whole");
    }
    checkSize(answer, version.total());
  }

  private ElumentaException noFile(Answer answer, String problem) {
    return failures.of(answer, Reason.NOT_THE_FILE, problem);
  }

  private void checkSize(Answer answer, long bytes) {
    if (bytes > terms.maxBytes()) {
      throw failures.of(
          answer,
          Reason.TOO_LARGE,
          "it has %s bytes, and %d are allowed"
              .formatted(
                  version.total() >= 0 ? Long.toString(version.total()) : "more",
                  terms.maxBytes()));
    }
  }

  /** The rest of the file comes, or what is said to be that. */
  private void checkPart(Answer answer) throws Setback {
    Optional<ContentRange> range = ContentRange.of(answer.headers());
    boolean isRest =
        range.isPresent()
            && range.get().first() == received
            && (version.total() < 0
                || range.get().total() < 0
                || range.get().total() == version.total())
            && !version.differsFrom(answer.headers());
    if (!isRest) {
      version = null;
      throw new Setback(
          failures.brokenOff("the host sent another part than was asked for", received, null));
    }
    if (version.total() < 0) {
      version = new FileVersion(version.validator(), range.get().total());
      checkSize(answer, version.total());
    }
  }

  private void copy(ArrivingBody body, Answer answer) throws Setback {
    try {
      for (List<ByteBuffer> taken = take(body); taken != null; taken = take(body)) {
        for (ByteBuffer bytes : taken) {
          checkSize(answer, received + bytes.remaining());
          int length = bytes.remaining();
          target.write(bytes);
          received += length;
        }
        progress.received(received, version.length());
      }
    } catch (ExchangeException e) {
      throw passing(failures.exchange(e, received));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private List<ByteBuffer> take(ArrivingBody body) throws ExchangeException {
    if (failures.isOver()) {
      throw failures.timedOut(); // a body that trickles is never silent
    }
    return body.take(patience());
  }

  private ElumentaException unwritable(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return failures.interrupted("while a file was written");
    }
    return failures.of(Reason.TARGET, "cannot write to %s: %s".formatted(target, problem(e)), e);
  }

  /** Says what is wrong with a file; most messages of the JDK are its name alone. */
  public static String problem(IOException e) {
    String kind = e.getClass().getSimpleName();
    return e.getMessage() == null ? kind : e.getMessage() + " (" + kind + ")";
  }

  private void startOver(String why) {
    try {
      if (!target.startOver()) {
        throw failures.brokenOff(
            why + "; part of it is in the stream already. To a path it can be started over",
            received,
            null);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    received = 0;
    version = null;
  }

  private void finish() {
    try {
      target.finish();
    } catch (IOException e) {
      throw unwritable(e);
    }
    progress.finished(received);
  }

  /** Waits before the next request, or gives up. */
  private void goOn(ElumentaException failure, int requests, int fruitless) {
    RetryOptions retry = terms.retry();
    if (retry.maxAttempts() == 1) {
      throw failure;
    }
    if (fruitless >= retry.maxAttempts() || requests > MOST_RESUMES) {
      throw DownloadFailures.last(failure, "It was tried as often as allowed.");
    }
    Duration backOff = backOff(retry, Math.max(0, fruitless - 1));
    Duration told = failure.retryAfter().orElse(Duration.ZERO);
    Duration wait = told.compareTo(backOff) > 0 ? told : backOff;
    if (wait.compareTo(whole.remaining()) >= 0) {
      throw DownloadFailures.last(
          failure,
          "Not tried again: the wait of %d s would exceed the time limit."
              .formatted(wait.toSeconds()));
    }
    try {
      if (terms.pause().sleep(wait) == Pause.End.CLOSED) {
        throw failures.interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted("while waiting to go on");
    }
  }

  private static Duration backOff(RetryOptions retry, int fruitless) {
    Duration backOff = retry.firstBackOff();
    for (int i = 0; i < fruitless && backOff.compareTo(retry.maxBackOff()) < 0; i++) {
      backOff = backOff.multipliedBy(2);
    }
    Duration capped = backOff.compareTo(retry.maxBackOff()) > 0 ? retry.maxBackOff() : backOff;
    double random = ThreadLocalRandom.current().nextDouble();
    return capped.plusNanos((long) (capped.toNanos() * retry.jitter() * random));
  }
}
