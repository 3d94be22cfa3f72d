package ru.elumenta.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.error.StreamBrokenException;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.internal.codec.UnreadableBodyException;
import ru.elumenta.client.internal.cost.Spending;
import ru.elumenta.client.internal.stream.EventStream;
import ru.elumenta.client.internal.stream.EventStream.Kind;
import ru.elumenta.client.internal.stream.EventStream.Received;
import ru.elumenta.client.internal.stream.EventType;
import ru.elumenta.client.internal.stream.StreamFailures;
import ru.elumenta.client.internal.stream.StreamReport;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.model.GenerationEvent;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.FailureReason;

/**
 * A text that arrives piece by piece.
 *
 * <pre>{@code
 * try (GenerationStream stream = elumenta.stream(request)) {
 *   for (StreamEvent event : stream) {
 *     if (event instanceof StreamEvent.Delta delta) {
 *       System.out.print(delta.text());
 *     }
 *   }
 *   System.out.println(stream.result().tokensCharged());
 * }
 * }</pre>
 *
 * <p>Can be read once. Reading waits for the service, no longer than {@link StreamOptions} allows;
 * a slow reader slows the service down, so what is kept is the text, unless {@link
 * StreamOptions#withoutText} says otherwise, and no more than a few events. Reading fails with
 *
 * <ul>
 *   <li>{@link StreamErrorException} if the service sends an {@code error} event, or says in
 *       another shape that the generation failed,
 *   <li>{@link StreamBrokenException} if the stream breaks off, falls silent or cannot be read;
 *       both keep the text so far,
 *   <li>{@link ru.elumenta.error.CallInterruptedException} if the thread is interrupted, the stream
 *       or the client closed.
 * </ul>
 *
 * <p>It ends with the {@code generation_end} event, or with {@code [DONE]} if that comes first. A
 * failure is thrown again by each further attempt to read. Closing it early closes the connection
 * at once, which is all that can be done to cancel; no page says what is charged then. An open
 * stream that is not read holds a connection, so close it.
 *
 * <p>One thread reads; {@link #text()} and {@link #close()} are for any.
 */
public final class GenerationStream implements Iterable<StreamEvent>, AutoCloseable {
  private static final int MOST_CHARACTERS = EventStream.MOST_CHARACTERS;

  private final EventStream events;
  private final StreamFailures failures;
  private final StreamReport report;
  private final Spending spending;
  private final boolean keepsText;
  private final StringBuilder text = new StringBuilder(); // guarded by itself
  private final Iterator<StreamEvent> iterator = new Reading();
  private volatile boolean isClosed;
  private @Nullable GenerationId id;
  private @Nullable String model;
  private @Nullable StreamResult result;
  private @Nullable ElumentaException failure;

  GenerationStream(
      EventStream events,
      StreamFailures failures,
      StreamReport report,
      Spending spending,
      boolean keepsText) {
    this.report = report;
    this.events = events;
    this.failures = failures;
    this.spending = spending;
    this.keepsText = keepsText;
    if (!keepsText) {
      events.keepNoBody();
    }
  }

  /** Returns the events that have not been read yet: always the same iterator. */
  @Override
  public Iterator<StreamEvent> iterator() {
    return iterator;
  }

  /** Returns the text as far as it was read; empty if {@link StreamOptions#keepsText} is off. */
  public String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  /**
   * Returns the body as far as it was read, unpacked, up to a mebibyte, credentials of the request
   * taken out of it; also after a failure, which does not show it. Empty if {@link
   * StreamOptions#keepsText} is off. For the thread that reads.
   */
  public Optional<String> receivedBody() {
    return events.receivedBody();
  }

  /**
   * Reads what is left and returns what the stream brought: the text, and what it cost.
   *
   * @throws ElumentaException as reading does
   */
  public StreamResult result() {
    while (result == null) {
      read();
    }
    return result;
  }

  /** Ends the stream; the connection is closed at once if it had not come to its end. */
  @Override
  public void close() {
    isClosed = true;
    events.close();
    report.closed();
  }

  /** Shows how much of the text is kept, and nothing of it. */
  @Override
  public String toString() {
    synchronized (text) {
      return "GenerationStream[" + text.length() + " characters]";
    }
  }

  /** The next event; null at the end. */
  private @Nullable StreamEvent read() {
    if (result != null) {
      return null;
    }
    if (failure == null) {
      try {
        return next();
      } catch (ElumentaException e) {
        fail(e);
      }
    }
    throw failure;
  }

  private void fail(ElumentaException e) {
    failure = e;
    events.close();
    if (e instanceof StreamErrorException) {
      FailureReason reason = FailureReason.of(e.context().serverMessage().orElse(null));
      spending.add(id, modelName(), 0, reason);
    }
    report.failed(e, id);
  }

  // For those who publish it, and then are its one reader:

  boolean isAtEnd() {
    return result != null;
  }

  Duration left() {
    return failures.left();
  }

  /** Lasted too long, though nobody waits for an event. */
  void endAtLimit() {
    if (result == null && failure == null) {
      fail(failures.timedOut(text(), id));
    }
  }

  /** Belongs to a client that is closed. */
  void endByClosing() {
    if (result == null && failure == null) {
      fail(failures.interrupted("because the client is closed"));
    }
  }

  private @Nullable StreamEvent next() {
    if (isClosed) {
      throw failures.interrupted("because the stream is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw failures.interrupted("while a stream was read");
    }
    Received received;
    try {
      received = events.next(failures::patience);
    } catch (ExchangeException e) {
      throw failures.of(e, text(), id);
    } catch (UnreadableBodyException e) {
      throw failures.of(e, text(), id);
    }
    if (received.kind() == Kind.END_OF_BODY) {
      throw failures.broken("it ended before its end event", null, text(), id);
    }
    if (received.kind() == Kind.DONE) {
      ended(OptionalLong.empty(), OptionalLong.empty());
      return null;
    }
    if (received.kind() == Kind.FAILURE) {
      throw failed(received);
    }
    return event(received);
  }

  private StreamEvent event(Received received) {
    report.event();
    GenerationEvent event = received.event();
    Optional<EventType> type = EventType.of(event);
    if (type.isEmpty()) {
      return new StreamEvent.Unknown(event.getType(), received.members());
    }
    id = event.getId() == null ? id : event.getId();
    return switch (type.get()) {
      case GENERATION_START -> {
        model = event.getModel();
        yield new StreamEvent.Started(
            Optional.ofNullable(id), Optional.ofNullable(model), event.getAdditionalProperties());
      }
      case CONTENT_DELTA -> delta(event);
      case GENERATION_END -> {
        Long tokens =
            event.getTokensSpent() == null ? event.getTokensUsed() : event.getTokensSpent();
        ended(optional(tokens), optional(event.getBalanceRemaining()));
        yield new StreamEvent.Finished(
            result.id(),
            result.tokensCharged(),
            result.balanceRemaining(),
            event.getAdditionalProperties());
      }
      case ERROR -> throw failed(received); // is received as a failure
    };
  }

  /** The event may bring a last piece of the text. */
  private ElumentaException failed(Received received) {
    GenerationEvent event = received.event();
    id = event.getId() == null ? id : event.getId();
    keep(event.getDelta());
    return failures.said(received.failure(), text(), id);
  }

  private StreamEvent delta(GenerationEvent event) {
    String piece = event.getDelta() == null ? "" : event.getDelta();
    keep(piece);
    return new StreamEvent.Delta(piece, event.getAdditionalProperties());
  }

  private void keep(@Nullable String piece) {
    if (!keepsText || piece == null) {
      return;
    }
    synchronized (text) {
      if (text.length() + (long) piece.length() <= MOST_CHARACTERS) {
        text.append(piece);
        return;
      }
    }
    throw failures.tooLong(MOST_CHARACTERS, text(), id);
  }

  private static OptionalLong optional(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private void ended(OptionalLong tokens, OptionalLong balance) {
    result =
        new StreamResult(
            Optional.ofNullable(id),
            Optional.ofNullable(model),
            text(),
            tokens,
            balance,
            events.receivedBodyLater());
    events.leave();
    spending.add(id, modelName(), tokens.orElse(0), null);
    report.completed(id, tokens);
  }

  private @Nullable String modelName() {
    return model == null ? report.model().orElse(null) : model;
  }

  private final class Reading implements Iterator<StreamEvent> {
    private @Nullable StreamEvent next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = read();
      }
      return next != null;
    }

    @Override
    public StreamEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException("The stream has ended.");
      }
      StreamEvent event = next;
      next = null;
      return event;
    }
  }
}
