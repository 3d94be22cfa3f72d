package ru.elumenta.client.internal.stream;

import java.time.Duration;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;

/** Asks for a stream at the entry point that is documented for the dialect of the request. */
public final class StreamStart {
  private final StreamingApi streams;
  private final TimeSource time;
  private final Duration longestSilence;
  private final Deadline whole;
  private final Deadline opening;

  /**
   * Creates it; the time begins to count.
   *
   * @param limit how long the stream may last
   * @param callTimeout of {@code ElumentaClient.within}, or null
   * @param opening the time until its first event, with all that comes before
   * @param longestSilence how long nothing at all may come
   */
  public StreamStart(
      StreamingApi streams,
      TimeSource time,
      Duration limit,
      Duration callTimeout,
      Deadline opening,
      Duration longestSilence) {
    boolean isCut = callTimeout != null && callTimeout.compareTo(limit) < 0;
    this.time = time;
    this.longestSilence = longestSilence;
    this.whole = Deadline.after(isCut ? callTimeout : limit, time);
    this.streams = streams;
    this.opening = opening;
  }

  /**
   * A stream whose first event is there.
   *
   * @param failures makes exceptions of what ends it too early
   */
  public record Opened(EventStream events, StreamFailures failures) {}

  /** Sends the request and returns as soon as the first event is there. */
  public Opened open(GenerationRequest request) {
    boolean isFirstDialect = isFirstDialect(request);
    StreamingApi api =
        ResilientCalls.on(terms -> terms.lasting(opening.remaining()), StreamingApi.class, streams);
    GenerationRequest sent = JsonCodec.copyOf(request).stream(isFirstDialect ? null : true);
    EventStream events = isFirstDialect ? api.stream(sent) : api.streamConversation(sent);
    String path = isFirstDialect ? "/generate/stream" : "/generate";
    return new Opened(events, new StreamFailures(events, path, time, longestSilence, whole));
  }

  /** Whether it has none of the members that the page of the other entry point alone shows. */
  private static boolean isFirstDialect(GenerationRequest request) {
    return request.getMessages() == null
        && request.getSystem() == null
        && request.getAssistantId() == null
        && !Boolean.TRUE.equals(request.getStream());
  }
}
