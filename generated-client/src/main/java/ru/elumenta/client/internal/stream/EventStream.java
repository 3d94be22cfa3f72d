package ru.elumenta.client.internal.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.codec.UnreadableBodyException;
import ru.elumenta.client.internal.stream.EventParser.TooLongException;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.model.GenerationEvent;
import ru.elumenta.client.model.GenerationId;

/**
 * The events of one generation, read from its body while it arrives; the first has arrived. Used by
 * one thread, but for {@link #close()}.
 */
public final class EventStream implements AutoCloseable {
  /** How long a text may be that is kept. */
  public static final int MOST_CHARACTERS = 64 << 20;

  private static final int MOST_BYTES_OF_EVENT = 1 << 20;
  private static final String DONE = "[DONE]";
  private static final Received END = new Received(Kind.END_OF_BODY, null, Map.of(), null);

  private final ArrivingBody body;
  private final ArrivingBytes arriving;
  private final EventParser parser = new EventParser(MOST_BYTES_OF_EVENT);
  private final Queue<Received> ready = new ArrayDeque<>();
  private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private boolean isWhole; // nothing is left in the body
  private BodyBeginning beginning = new BodyBeginning(); // null if it is not kept

  /** What was received. */
  public enum Kind {
    /** An event. */
    EVENT,
    /** An event that says that the generation failed. */
    FAILURE,
    /** The literal that ends a stream. */
    DONE,
    /** The end of the body. */
    END_OF_BODY
  }

  /**
   * An event, or one of the ends.
   *
   * @param event the event as the contract has it; null at an end
   * @param members all that the event has, if the contract does not know its type or it says that
   *     something failed
   * @param failure what it says about the failure, or null
   */
  public record Received(
      Kind kind, GenerationEvent event, Map<String, Object> members, SaidFailure failure) {}

  private EventStream(ArrivingBody body) {
    this.body = body;
    this.arriving = new ArrivingBytes(body);
  }

  /** Opens a body by waiting for its first event, as long as the attempt has time. */
  static EventStream open(ArrivingBody body) throws ExchangeException {
    EventStream stream = new EventStream(body);
    Received first = stream.next(body::leftOfAttempt);
    if (first.kind == Kind.END_OF_BODY) {
      throw body.brokenOff("the stream ended before its first event");
    }
    stream.ready.add(first);
    return stream;
  }

  /** Makes events of what was answered in one piece. */
  static EventStream of(ArrivingBody body, String text, List<GenerationEvent> events) {
    EventStream stream = new EventStream(body);
    stream.beginning.add(text);
    events.forEach(event -> stream.ready.add(new Received(Kind.EVENT, event, Map.of(), null)));
    stream.isWhole = true;
    return stream;
  }

  /** The same, of an answer that says that the generation failed; what came before is delivered. */
  static EventStream of(
      ArrivingBody body, String text, List<GenerationEvent> events, SaidFailure failure) {
    EventStream stream = of(body, text, events);
    stream.ready.add(new Received(Kind.FAILURE, new GenerationEvent(), Map.of(), failure));
    return stream;
  }

  /** Returns the id of the generation, if the first event that is still unread names it. */
  public Optional<GenerationId> id() {
    return Optional.ofNullable(ready.peek()).map(Received::event).map(GenerationEvent::getId);
  }

  /** Returns the HTTP status. */
  public int status() {
    return body.status();
  }

  /** Returns the response headers, without credentials. */
  public Map<String, List<String>> headers() {
    return body.headers();
  }

  /** Returns how many times the request was sent, the last time included. */
  public int attempts() {
    return body.attempts();
  }

  /** What comes from now on is not kept, nor what has come. */
  public void keepNoBody() {
    beginning = null;
  }

  /** Returns the body so far, unpacked, up to a mebibyte; empty if it is not kept. */
  public Optional<String> receivedBody() {
    return receivedBodyLater().get();
  }

  /** Returns what gives the body so far when it is asked, and keeps no more than that. */
  public Supplier<Optional<String>> receivedBodyLater() {
    BodyBeginning kept = beginning;
    UnaryOperator<String> redaction = body.redaction();
    return kept == null ? Optional::empty : () -> Optional.of(redaction.apply(kept.text()));
  }

  /** Takes the credentials of the request out of a text. */
  public String redacted(String text) {
    return body.redacted(text);
  }

  /**
   * Waits for the next event.
   *
   * @param patience how long to wait for further bytes; asked before each wait
   * @throws ExchangeException if there are none in time, or will be none
   * @throws UnreadableBodyException if what came is no event
   */
  public Received next(Supplier<Duration> patience) throws ExchangeException {
    if (!ready.isEmpty()) {
      return ready.remove();
    }
    try {
      Received received = null;
      while (received == null) {
        SentEvent event = parsed();
        received = event == null ? afterMore(patience) : received(event);
      }
      return received;
    } catch (TooLongException e) {
      throw unreadable(e.getMessage(), "");
    }
  }

  /** Null if there is more to read. */
  private Received afterMore(Supplier<Duration> patience)
      throws ExchangeException, TooLongException {
    if (isWhole) {
      return END;
    }
    List<ByteBuffer> taken = arriving.take(patience);
    if (taken == null) {
      isWhole = true;
      return last(parser.last());
    }
    if (beginning != null) {
      beginning.add(taken);
    }
    buffers = taken.iterator();
    return null;
  }

  private SentEvent parsed() throws TooLongException {
    SentEvent event = parser.next(bytes);
    while (event == null && buffers.hasNext()) {
      bytes = buffers.next();
      event = parser.next(bytes);
    }
    return event;
  }

  /**
   * The event that the body ended within: the service is not documented to send the empty line
   * after the last one, and JSON shows by itself whether it is whole.
   */
  private Received last(SentEvent event) {
    try {
      Received received = event == null ? null : received(event);
      return received == null ? END : received;
    } catch (UnreadableBodyException cutOff) {
      return END;
    }
  }

  /** Null if it is an empty event, which keeps connections alive. */
  private Received received(SentEvent sent) {
    String data = sent.data().strip();
    if (data.equals(DONE)) {
      return new Received(Kind.DONE, null, Map.of(), null);
    }
    boolean isFailure = FailureSigns.isFailure(sent.name());
    if (data.isEmpty() && !isFailure) {
      return null;
    }
    GenerationEvent event = null;
    String problem = null;
    try {
      event = JsonCodec.read(sent.data(), GenerationEvent.class);
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
    if (isFailure || (!isPieceOfText(event) && FailureSigns.isPossible(data))) {
      Optional<SaidFailure> failure = SaidFailure.in(sent.name(), body.redacted(sent.data()));
      if (failure.isPresent()) {
        GenerationEvent said = event == null ? new GenerationEvent() : event;
        return new Received(Kind.FAILURE, said, Map.of(), failure.get());
      }
    }
    if (event == null) {
      event = ofOtherShape(sent, problem);
    }
    if (event.getType() == null) {
      event.setType(sent.name() == null ? "" : sent.name());
    }
    boolean isKnown = isKnown(event);
    if (isKnown
        && event.getDelta() == null
        && event.getAdditionalProperties().containsKey("delta")) {
      // A piece of the text is what the caller came for: without it the rest is another text.
      throw unreadable(
          "has an event that does not have the documented shape at delta", sent.data());
    }
    return new Received(Kind.EVENT, event, isKnown ? Map.of() : members(sent), null);
  }

  /** And nothing else, as most events are: they need not be searched for signs of a failure. */
  private static boolean isPieceOfText(GenerationEvent event) {
    return event != null
        && event.getDelta() != null
        && event.getMessage() == null
        && event.getAdditionalProperties().isEmpty()
        && EventType.of(event).orElse(null) == EventType.CONTENT_DELTA;
  }

  /** What the contract does not know may have its members in any shape. */
  private GenerationEvent ofOtherShape(SentEvent sent, String problem) {
    Object type = members(sent).get("type");
    GenerationEvent event = new GenerationEvent().type(type == null ? "" : type.toString());
    if (type == null && sent.name() != null) {
      event.setType(sent.name());
    }
    if (isKnown(event)) {
      throw unreadable("has an event that " + problem, sent.data());
    }
    return event;
  }

  private Map<String, Object> members(SentEvent sent) {
    try {
      return JsonCodec.read(sent.data());
    } catch (IllegalArgumentException e) {
      if (isPlainTextOfItsOwnName(sent)) {
        return Map.of("data", sent.data());
      }
      throw unreadable("has an event that " + e.getMessage(), sent.data());
    }
  }

  /** As in {@code event: ping} with a word beside it; a text has no name in either dialect. */
  private static boolean isPlainTextOfItsOwnName(SentEvent sent) {
    String data = sent.data().strip();
    return sent.name() != null
        && !sent.name().isBlank()
        && !sent.name().equals("message")
        && !data.startsWith("{")
        && !data.startsWith("[")
        && EventType.of(new GenerationEvent().type(sent.name())).isEmpty();
  }

  private static boolean isKnown(GenerationEvent event) {
    return EventType.of(event).isPresent();
  }

  private UnreadableBodyException unreadable(String problem, String text) {
    close();
    return new UnreadableBodyException(problem, body.status(), body.headers(), body.redacted(text));
  }

  /** Takes note that all that matters has come; the connection may serve another request. */
  public void leave() {
    body.leave();
  }

  /** Closes the connection, unless the body has ended or was left. Idempotent. */
  @Override
  public void close() {
    body.close();
  }
}
