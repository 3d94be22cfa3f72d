package ru.elumenta.client.internal.stream;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;

/** Asks for a stream at the entry point that is documented for the dialect of the request. */
public final class StreamStart {
  private final StreamingApi streams;
  private final Listeners listeners;
  private final TimeSource time;
  private final Duration limit;
  private final Duration longestSilence;

  /**
   * Creates it.
   *
   * @param limit how long a stream may last
   * @param longestSilence how long nothing at all may come
   */
  public StreamStart(
      StreamingApi streams,
      Listeners listeners,
      TimeSource time,
      Duration limit,
      Duration longestSilence) {
    this.listeners = listeners;
    this.streams = streams;
    this.time = time;
    this.limit = limit;
    this.longestSilence = longestSilence;
  }

  /**
   * A stream whose first event is there.
   *
   * @param failures makes exceptions of what ends it too early
   * @param report tells of its end
   */
  public record Opened(EventStream events, StreamFailures failures, StreamReport report) {}

  /** Sends the request and returns as soon as the first event is there. */
  public Opened open(GenerationRequest request, CallTerms terms) {
    boolean isFirstDialect = isFirstDialect(request);
    StreamingApi api = ResilientCalls.on(terms, StreamingApi.class, streams);
    GenerationRequest sent = JsonCodec.copyOf(request).stream(isFirstDialect ? null : true);
    String path = isFirstDialect ? "/generate/stream" : "/generate";
    StreamInfo info = new StreamInfo(path, Optional.ofNullable(request.getModel()));
    StreamReport report = new StreamReport(listeners, info, time);
    report.started();
    try {
      EventStream events = isFirstDialect ? api.stream(sent) : api.streamConversation(sent);
      report.opened();
      return new Opened(
          events, new StreamFailures(events, path, time, longestSilence, whole(terms)), report);
    } catch (Throwable e) {
      report.notOpened(e);
      throw e;
    }
  }

  /** The end of reading: the stream's own limit, unless the application set a shorter one. */
  private Deadline whole(CallTerms terms) {
    boolean isCut = terms.spansWaiting() && terms.deadline().limit().compareTo(limit) < 0;
    return isCut ? terms.deadline() : terms.deadline().lasting(limit);
  }

  /** Whether it has none of the members that the page of the other entry point alone shows. */
  private static boolean isFirstDialect(GenerationRequest request) {
    return request.getMessages() == null
        && request.getSystem() == null
        && request.getAssistantId() == null
        && !Boolean.TRUE.equals(request.getStream());
  }
}
