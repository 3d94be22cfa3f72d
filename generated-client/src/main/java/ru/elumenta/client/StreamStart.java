package ru.elumenta.client;

import java.time.Duration;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.stream.EventStream;
import ru.elumenta.client.internal.stream.StreamingApi;
import ru.elumenta.client.model.GenerationRequest;

/** Asks for a stream at the entry point that is documented for the dialect of the request. */
final class StreamStart {
  private final ClientCore core;
  private final StreamingApi api;
  private final Deadline whole;

  /**
   * Creates it; the time begins to count.
   *
   * @param callTimeout of {@link ElumentaClient#within}, or null
   */
  StreamStart(ClientCore core, Duration callTimeout) {
    StreamingApi streams =
        core.streams()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "A client with a transport given to the builder cannot stream, because"
                            + " Feign reads answers whole; build one without transport(…) for"
                            + " streams. Nothing was sent."));
    Duration limit = core.streaming().limit();
    boolean isCut = callTimeout != null && callTimeout.compareTo(limit) < 0;
    this.core = core;
    this.whole = Deadline.after(isCut ? callTimeout : limit, core.time());
    this.api =
        callTimeout == null
            ? streams
            : ResilientCalls.on(terms -> terms.lasting(callTimeout), StreamingApi.class, streams);
  }

  GenerationStream open(GenerationRequest request) {
    boolean isFirstDialect = isFirstDialect(request);
    GenerationRequest sent = JsonCodec.copyOf(request).stream(isFirstDialect ? null : true);
    EventStream events = isFirstDialect ? api.stream(sent) : api.streamConversation(sent);
    StreamFailures failures =
        new StreamFailures(
            events,
            isFirstDialect ? "/generate/stream" : "/generate",
            core.time(),
            core.longestSilence(),
            whole);
    return new GenerationStream(events, failures, core.spending(), core.streaming().keepsText());
  }

  /** Whether it has none of the members that the page of the other entry point alone shows. */
  private static boolean isFirstDialect(GenerationRequest request) {
    return request.getMessages() == null
        && request.getSystem() == null
        && request.getAssistantId() == null
        && !Boolean.TRUE.equals(request.getStream());
  }
}
