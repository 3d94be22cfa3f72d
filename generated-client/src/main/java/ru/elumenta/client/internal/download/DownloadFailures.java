package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.DownloadFailedException.Reason;
import ru.elumenta.client.error.FileUnavailableException;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.download.AddressRule.RefusedAddress;
import ru.elumenta.client.internal.download.FileHosts.Answer;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** Makes exceptions of what ends a download. None of them costs anything. Used by one thread. */
final class DownloadFailures {

  private final TimeSource time;
  private final Deadline whole;
  private String place;
  private int requests;

  DownloadFailures(URI file, TimeSource time, Deadline whole) {
    this.time = time;
    this.whole = whole;
    at(file);
  }

  /** For what fails before there is a download. */
  static DownloadFailures beforeAnything(String address, TimeSource time) {
    URI uri;
    try {
      uri = AddressRule.parsed(address);
    } catch (RefusedAddress e) {
      uri = URI.create("/");
    }
    return new DownloadFailures(uri, time, Deadline.after(Duration.ZERO, time));
  }

  /** Takes note of which address is asked. Its query may be a signature, and is not kept. */
  void at(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    place = host + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }

  void requestBegins() {
    requests++;
  }

  private ErrorContext.Builder context() {
    return ErrorContext.builder("GET", place)
        .attempts(requests)
        .elapsed(whole.elapsed())
        .occurredAt(time.now())
        .execution(Execution.NOT_EXECUTED);
  }

  private ErrorContext.Builder context(Answer answer) {
    return context().status(answer.status()).headers(answer.headers());
  }

  ElumentaException of(Reason reason, String problem, Throwable cause) {
    return new DownloadFailedException(context().build(), reason, problem, cause);
  }

  ElumentaException of(Answer answer, Reason reason, String problem) {
    return new DownloadFailedException(context(answer).build(), reason, problem, null);
  }

  /** What a host said in place of the file. */
  ElumentaException status(Answer answer, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    ErrorContext context = context(answer).rawBody(text).build();
    return switch (answer.status()) {
      case 403, 404, 410 -> new FileUnavailableException(context);
      default ->
          new DownloadFailedException(
              context,
              Reason.STATUS,
              "GET %s was answered with %d".formatted(place, answer.status()),
              null);
    };
  }

  ElumentaException exchange(ExchangeException e, long received) {
    return switch (e.kind()) {
      case INTERRUPTED -> interrupted(e.getMessage());
      case TIMEOUT -> silent(received);
      default -> brokenOff(e.getMessage(), received, e.getCause());
    };
  }

  ElumentaException interrupted(String phase) {
    return new CallInterruptedException(context().build(), phase, null);
  }

  /** Time ran out, of the whole or for the next bytes. */
  ElumentaException silent(long received) {
    return isOver() ? timedOut() : brokenOff("nothing came for too long", received, null);
  }

  boolean isOver() {
    return whole.isOver();
  }

  ElumentaException timedOut() {
    return new CallTimeoutException(context().build(), whole.limit(), null);
  }

  ElumentaException brokenOff(String problem, long received, Throwable cause) {
    return of(
        Reason.BROKEN_OFF,
        "GET %s broke off after %d bytes: %s".formatted(place, received, problem),
        cause);
  }

  /** The target takes no more, or cannot be opened. */
  ElumentaException unwritable(Object target, IOException e) {
    String kind = e.getClass().getSimpleName(); // most messages of the JDK are the name alone
    String problem = e.getMessage() == null ? kind : e.getMessage() + " (" + kind + ")";
    return of(Reason.TARGET, "cannot write to %s: %s".formatted(target, problem), e);
  }

  /** The same failure, after which nothing more is tried. */
  static ElumentaException last(ElumentaException failure, String remark) {
    failure.completeContext(context -> context.remark(remark));
    return failure;
  }

  static Map<String, String> plain() {
    // Bytes as they are: the length of a packed body is not that of the file.
    return Map.of("Accept", "*/*", "Accept-Encoding", "identity");
  }
}
