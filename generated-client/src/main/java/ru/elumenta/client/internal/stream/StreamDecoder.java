package ru.elumenta.client.internal.stream;

import feign.Response;
import feign.codec.Decoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.codec.UnreadableBodyException;
import ru.elumenta.client.internal.transport.ArrivingBody;
import ru.elumenta.client.internal.transport.Unpacking;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationEvent;
import ru.elumenta.client.model.GenerationStatus;

/**
 * Opens the body of a success as a stream of events, once the first of them is there. Thread-safe.
 */
public final class StreamDecoder implements Decoder {
  /** No character of a text takes more than three bytes; the rest is for what is around it. */
  private static final int MOST_BYTES = 3 * EventStream.MOST_CHARACTERS + (1 << 20);

  private static final int LONGEST_SHOWN = 1 << 17;

  /** No page says what type a stream has; what is none is recognised, the rest is taken for one. */
  private static final Set<String> STREAMS = Set.of("", "text/event-stream", "text/plain");

  @Override
  public Object decode(Response response, Type type) throws IOException {
    ArrivingBody body = (ArrivingBody) response.body();
    try {
      List<String> codings = Unpacking.codings(body.headers());
      if (!Unpacking.canUndo(codings)) {
        throw unreadable("is packed as " + codings + ", which was not asked for", body, "");
      }
      String contentType = contentType(body);
      return STREAMS.contains(contentType)
          ? EventStream.open(body)
          : inOnePiece(body, contentType.endsWith("json"));
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
  }

  private static String contentType(ArrivingBody body) {
    return body.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
        .flatMap(header -> header.getValue().stream())
        .findFirst()
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** A service that ignores the wish for a stream answers as it does without; that is paid for. */
  private static EventStream inOnePiece(ArrivingBody body, boolean isJson) throws IOException {
    String text = whole(body);
    if (!isJson) {
      throw unreadable("is no stream of events", body, text);
    }
    Generation generation;
    try {
      generation = JsonCodec.read(text, Generation.class);
    } catch (IllegalArgumentException e) {
      Optional<SaidFailure> failure = failure(body, text);
      if (failure.isPresent()) {
        return EventStream.of(body, text, List.of(), failure.get());
      }
      throw unreadable("is no stream of events, and " + e.getMessage(), body, text);
    }
    if (GenerationStatus.FAILED.equals(generation.getStatus()) || generation.text().isEmpty()) {
      Optional<SaidFailure> failure = failure(body, text);
      if (failure.isPresent()) {
        return EventStream.of(body, text, beginning(generation), failure.get());
      }
    }
    String content =
        generation
            .text()
            .orElseThrow(() -> unreadable("is a generation without a text", body, text));
    return EventStream.of(
        body,
        text,
        List.of(
            start(generation),
            EventType.CONTENT_DELTA.event().delta(content),
            EventType.GENERATION_END
                .event()
                .id(generation.getId())
                .tokensSpent(generation.getTokensSpent())
                .tokensUsed(generation.getTokensUsed())
                .balanceRemaining(generation.getBalanceRemaining())));
  }

  private static GenerationEvent start(Generation generation) {
    return EventType.GENERATION_START
        .event()
        .id(generation.getId())
        .model(generation.modelName().orElse(null));
  }

  /** What there is of a generation that failed. */
  private static List<GenerationEvent> beginning(Generation generation) {
    return Stream.concat(
            Stream.of(start(generation)),
            generation.text().stream().map(text -> EventType.CONTENT_DELTA.event().delta(text)))
        .toList();
  }

  private static Optional<SaidFailure> failure(ArrivingBody body, String text) {
    return text.length() > LONGEST_SHOWN
        ? Optional.empty()
        : SaidFailure.in(null, body.redacted(text));
  }

  private static String whole(ArrivingBody body) throws IOException {
    ArrivingBytes arriving = new ArrivingBytes(body);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (List<ByteBuffer> taken = arriving.take(body::leftOfAttempt);
        taken != null;
        taken = arriving.take(body::leftOfAttempt)) {
      for (ByteBuffer buffer : taken) {
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.write(chunk);
      }
      if (bytes.size() > MOST_BYTES) {
        throw unreadable(
            "is longer than the " + MOST_BYTES + " bytes this client accepts", body, "");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static UnreadableBodyException unreadable(
      String problem, ArrivingBody body, String text) {
    return new UnreadableBodyException(problem, body.status(), body.headers(), body.kept(text));
  }
}
