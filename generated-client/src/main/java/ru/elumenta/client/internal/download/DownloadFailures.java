package ru.elumenta.client.internal.download;

import feign.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import ru.elumenta.client.DownloadException;
import ru.elumenta.client.DownloadException.Reason;
import ru.elumenta.client.FileExpiredException;
import ru.elumenta.client.TimeSource;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/** Makes exceptions of what goes wrong with one download. */
final class DownloadFailures {
  private static final int MOST_TEXT_KEPT = 1 << 16;

  private final String generation;
  private final String file;
  private final TimeSource time;
  private final Deadline whole;
  private int attempts;

  /**
   * Creates it.
   *
   * @param generation its id, or null
   */
  DownloadFailures(String generation, URI file, TimeSource time, Deadline whole) {
    this.generation = generation;
    this.file = shown(file);
    this.time = time;
    this.whole = whole;
  }

  /** Without the query, which may hold a signature that opens the file to anybody. */
  private static String shown(URI file) {
    return "%s://%s%s"
        .formatted(
            file.getScheme(),
            file.getHost() == null ? "" : file.getHost(),
            file.getRawPath() == null ? "" : file.getRawPath());
  }

  void attempt() {
    attempts++;
  }

  private ErrorContext.Builder context() {
    return ErrorContext.builder("GET", file)
        .attempts(attempts)
        .elapsed(whole.elapsed())
        .occurredAt(time.now())
        .generationId(generation)
        .execution(Execution.NOT_EXECUTED);
  }

  private ErrorContext context(Response response) {
    return context().status(response.status()).headers(response.headers()).build();
  }

  ElumentaException unsafe(URI address, String why) {
    String problem = "nothing is fetched from %s, because %s".formatted(shown(address), why);
    return new DownloadException(context().build(), Reason.UNSAFE_ADDRESS, problem, null);
  }

  ElumentaException expired(Response response) {
    return new FileExpiredException(context(response));
  }

  ElumentaException noFile(Response response, String problem) {
    return new DownloadException(context(response), Reason.NO_FILE, problem, null);
  }

  /** With what the host said, which is whole for anything but a success. */
  ElumentaException refused(Response response, byte[] said) {
    String text = new String(said, StandardCharsets.UTF_8);
    String kept = text.substring(0, Math.min(text.length(), MOST_TEXT_KEPT));
    ErrorContext context =
        context(response).toBuilder().rawBody(kept.isEmpty() ? null : kept).build();
    return new DownloadException(
        context, Reason.NO_FILE, "the host answered " + response.status(), null);
  }

  ElumentaException tooLarge(long mostBytes) {
    String problem = "it is longer than the %d bytes that are allowed".formatted(mostBytes);
    return new DownloadException(context().build(), Reason.TOO_LARGE, problem, null);
  }

  ElumentaException notWritten(Exception problem) {
    String kind = problem.getClass().getSimpleName();
    return new DownloadException(
        context().build(), Reason.NOT_WRITTEN, kind + ": " + problem.getMessage(), problem);
  }

  ElumentaException brokenOff(String problem, Throwable cause) {
    return new DownloadException(
        context().build(),
        Reason.BROKEN_OFF,
        problem,
        cause == null ? null : new TransportException(context().build(), problem, cause));
  }

  ElumentaException interrupted(String phase) {
    return new CallInterruptedException(context().build(), phase, null);
  }

  ElumentaException timedOut(Duration limit) {
    return new CallTimeoutException(context().build(), limit, null);
  }

  /**
   * Says what an exchange that failed comes to.
   *
   * @return what ends the download
   * @throws BrokenOffException if it may go on
   */
  ElumentaException of(ExchangeException e) throws BrokenOffException {
    return switch (e.kind()) {
      case INTERRUPTED -> interrupted(e.getMessage());
      case TIMEOUT -> {
        if (isOver()) {
          yield timedOut(whole.limit());
        }
        throw new BrokenOffException(brokenOff("nothing came for too long", e));
      }
      default -> throw new BrokenOffException(brokenOff(e.getMessage(), e.getCause()));
    };
  }

  boolean isOver() {
    return whole.remaining().isNegative() || whole.remaining().isZero();
  }
}
