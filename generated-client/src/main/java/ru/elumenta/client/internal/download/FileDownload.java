package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.DownloadFailedException.Reason;
import ru.elumenta.client.internal.call.BackOff;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.download.AddressRule.RefusedAddress;
import ru.elumenta.client.internal.download.FileHosts.Answer;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;

/**
 * One download, from the first request to the last byte. Where a connection breaks it goes on, if
 * the host gives parts of the same file, and else starts over. Used by one thread.
 */
public final class FileDownload {
  /** How often it goes on, however much each request brings. */
  private static final int MOST_RESUMES = 20;

  private final URI file;
  private final FileHosts hosts;
  private final DownloadTerms terms;
  private final Deadline whole;
  private final DownloadFailures failures;
  private final ProgressReport progress;

  private final ReceivedFile content;
  private long farthest; // the most that there was of it
  private int requests;

  /**
   * Creates it.
   *
   * @param address of the file
   */
  public FileDownload(String address, FileHosts hosts, DownloadTerms terms, Target target) {
    this.hosts = hosts;
    this.terms = terms;
    this.whole = terms.whole();
    this.progress = new ProgressReport(terms.progress(), terms.time());
    try {
      this.file = AddressRule.parsed(address);
    } catch (RefusedAddress e) {
      throw DownloadFailures.beforeAnything(address, terms.time())
          .of(Reason.ADDRESS_REFUSED, e.getMessage(), null);
    }
    this.failures = new DownloadFailures(file, terms.time(), whole);
    this.content = new ReceivedFile(target, terms.maxBytes(), failures);
  }

  /** Downloads the file. */
  public WholeFile run() {
    int fruitless = 0;
    for (requests = 1; ; requests++) {
      try {
        fetch();
        WholeFile finished = content.finish();
        progress.finished(finished.bytes());
        return finished;
      } catch (Setback e) {
        fruitless = content.received() > farthest ? 0 : fruitless + 1;
        farthest = Math.max(farthest, content.received());
        goOn(e.failure(), requests, fruitless);
      }
    }
  }

  /** Returns where the file is. */
  public String host() {
    return file.getHost();
  }

  /** Returns how many requests were made. */
  public int requests() {
    return requests;
  }

  /** Returns how much of the file has come. */
  public long received() {
    return content.received();
  }

  private void fetch() throws Setback {
    Answer answer = answer();
    if (!(answer.response().body() instanceof ArrivingBody body)) {
      throw refused(answer);
    }
    try (body) {
      if (answer.status() == 206 && content.received() > 0) {
        content.goOn(answer);
      } else if (answer.status() == 200) {
        content.begin(answer);
      } else {
        throw failures.status(answer, new byte[0]);
      }
      copy(body, answer);
    }
  }

  private Answer answer() throws Setback {
    failures.at(file);
    failures.requestBegins();
    try {
      Answer answer = hosts.ask(file, content.headers(), this::patience);
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
      throw new Setback(failures.brokenOff("the host cannot be found", content.received(), e));
    } catch (TimeoutException e) {
      throw passing(failures.silent(content.received()));
    } catch (ExchangeException e) {
      throw passing(failures.exchange(e, content.received()));
    } catch (IOException e) {
      throw new Setback(failures.brokenOff("the connection failed", content.received(), e));
    }
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
    if (answer.status() == 416 && content.received() > 0) {
      content.forget();
      return new Setback(failure);
    }
    if (failure.isTransient()) {
      return new Setback(failure);
    }
    throw failure;
  }

  private void copy(ArrivingBody body, Answer answer) throws Setback {
    try {
      for (List<ByteBuffer> taken = take(body); taken != null; taken = take(body)) {
        content.add(taken, answer);
        progress.received(content.received(), content.length());
      }
    } catch (ExchangeException e) {
      throw passing(failures.exchange(e, content.received()));
    }
    content.checkWhole();
  }

  private List<ByteBuffer> take(ArrivingBody body) throws ExchangeException {
    if (failures.isOver()) {
      throw failures.timedOut(); // a body that trickles is never silent
    }
    return body.take(patience());
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
    Duration backOff =
        BackOff.after(Math.max(1, fruitless), retry, ThreadLocalRandom.current().nextDouble());
    Duration wait = BackOff.orAsked(backOff, failure, retry.rateLimitWait());
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
}
