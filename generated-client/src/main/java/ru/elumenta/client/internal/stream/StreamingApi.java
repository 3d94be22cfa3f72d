package ru.elumenta.client.internal.stream;

import feign.Headers;
import feign.RequestLine;
import jakarta.annotation.Nonnull;
import ru.elumenta.client.internal.call.Streamed;
import ru.elumenta.client.model.GenerationRequest;

/**
 * The operation that the generator leaves out, {@code streamGeneration}, at both of its documented
 * entry points. The caller picks the one for the dialect of the request.
 */
public interface StreamingApi {
  /** The first dialect (page: generate/stream). */
  @Streamed
  @RequestLine("POST /generate/stream")
  @Headers({"Content-Type: application/json", "Accept: text/event-stream"})
  EventStream stream(@Nonnull GenerationRequest request);

  /** The second dialect, with {@code stream} set (page: guides/streaming). */
  @Streamed
  @RequestLine("POST /generate")
  @Headers({"Content-Type: application/json", "Accept: text/event-stream"})
  EventStream streamConversation(@Nonnull GenerationRequest request);
}
