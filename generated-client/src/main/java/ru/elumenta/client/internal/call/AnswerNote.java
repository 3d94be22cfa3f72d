package ru.elumenta.client.internal.call;

import feign.TypedResponse;
import java.util.Collection;
import java.util.Map;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.Unpacking;

/**
 * Status and headers of the answer to one call of this client's own: Feign's typed response would
 * copy the headers once more. Thread-safe: a policy of the application may have the call made by
 * another thread, or answer in its place.
 */
public final class AnswerNote {
  private static final Answer NONE = new Answer(null, 0, Map.of());

  private volatile Answer answer = NONE;

  /**
   * What was noted.
   *
   * @param result what the call returned for it
   * @param status 0 if there was no answer
   * @param headers those of the unpacked answer
   */
  public record Answer(Object result, int status, Map<String, Collection<String>> headers) {}

  void take(Object result, AttemptOptions exchange) {
    exchange
        .answer()
        .ifPresent(seen -> answer = new Answer(result, seen.status(), unpacked(seen.headers())));
  }

  /** Takes that of the answer that stands for one that got lost. */
  void take(TypedResponse<?> recovered) {
    answer = new Answer(recovered.body(), recovered.status(), recovered.headers());
  }

  /** Returns the answer that brought a result; an empty one if the result is not of the service. */
  public Answer of(Object result) {
    Answer noted = answer;
    return noted.result == result ? noted : NONE;
  }

  private static Map<String, Collection<String>> unpacked(Map<String, Collection<String>> headers) {
    return Unpacking.codings(headers).isEmpty() ? headers : Unpacking.withoutCoding(headers);
  }
}
