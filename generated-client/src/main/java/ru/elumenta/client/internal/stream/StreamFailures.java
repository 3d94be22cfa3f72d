package ru.elumenta.client.internal.stream;

import java.time.Duration;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.codec.UnreadableBodyException;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TransportException;

/** Makes exceptions of what ends a stream too early. */
public final class StreamFailures {
  private final EventStream events;
  private final String path;
  private final TimeSource time;
  private final Duration idle;
  private final Deadline whole;

  /**
   * Creates it.
   *
   * @param idle how long nothing at all may come
   * @param whole the end of everything
   */
  public StreamFailures(
      EventStream events, String path, TimeSource time, Duration idle, Deadline whole) {
    this.events = events;
    this.path = path;
    this.time = time;
    this.idle = idle;
    this.whole = whole;
  }

  /** How long to wait for further bytes. */
  public Duration patience() {
    Duration left = whole.remaining();
    return left.compareTo(idle) < 0 ? left : idle;
  }

  /** Returns how long the stream may still last; not positive if it may not. */
  public Duration left() {
    return whole.remaining();
  }

  private ErrorContext.Builder context() {
    return ErrorContext.builder("POST", path)
        .status(events.status())
        .headers(events.headers())
        .attempts(events.attempts())
        .elapsed(whole.elapsed())
        .occurredAt(time.now())
        .execution(Execution.UNKNOWN);
  }

  public ElumentaException of(ExchangeException e, String text, GenerationId id) {
    return switch (e.kind()) {
      case INTERRUPTED -> interrupted(e.getMessage());
      case TIMEOUT -> timedOut(text, id);
      default -> broken(e.getMessage(), e.getCause(), text, id);
    };
  }

  public ElumentaException interrupted(String phase) {
    return new CallInterruptedException(context().build(), phase, null);
  }

  public ElumentaException timedOut(String text, GenerationId id) {
    boolean isOver = whole.isOver();
    Duration limit = isOver ? whole.limit() : idle;
    return new StreamBrokenException(
        new CallTimeoutException(context().build(), limit, null),
        isOver
            ? "it had not ended after %d ms".formatted(limit.toMillis())
            : "nothing came for %d ms".formatted(limit.toMillis()),
        text,
        id);
  }

  public ElumentaException broken(String problem, Throwable cause, String text, GenerationId id) {
    return new StreamBrokenException(
        new TransportException(context().build(), problem, cause), problem, text, id);
  }

  public ElumentaException of(UnreadableBodyException e, String text, GenerationId id) {
    ErrorContext context = context().rawBody(e.text()).build();
    return new StreamBrokenException(
        new ResponseFormatException(context, e.getMessage()),
        "the body " + e.getMessage(),
        text,
        id);
  }

  public ElumentaException tooLong(int mostCharacters, String text, GenerationId id) {
    String problem = "is longer than the %d characters this client keeps".formatted(mostCharacters);
    return new StreamBrokenException(
        new ResponseFormatException(context().build(), problem), "the text " + problem, text, id);
  }

  public ElumentaException said(SaidFailure said, String text, GenerationId id) {
    ErrorContext context =
        context()
            .rawCode(said.code())
            .serverMessage(said.words())
            .details(said.details())
            .rawBody(said.text())
            .build();
    return new StreamErrorException(context, text, id);
  }
}
