package ru.elumenta.client.internal.call;

import feign.TypedResponse;
import java.util.Collection;
import java.util.Map;
import ru.elumenta.client.internal.transport.AttemptOptions;

/**
 * Status and headers of the answer to one call of this client's own: Feign's typed response would
 * copy the headers once more. Written by the thread that makes the call, and read when it has
 * ended; empty if a policy of the application answered in its place.
 */
public final class AnswerNote {
  private int status;
  private Map<String, Collection<String>> headers = Map.of();

  void take(AttemptOptions exchange) {
    exchange
        .answer()
        .ifPresent(
            answer -> {
              status = answer.status();
              headers = answer.headers();
            });
  }

  /** Takes those of the answer that stands for one that got lost. */
  void take(TypedResponse<?> recovered) {
    status = recovered.status();
    headers = recovered.headers();
  }

  /** Returns the status of the answer; 0 before there is one. */
  public int status() {
    return status;
  }

  /** Returns the headers of the answer, their names in lower case. */
  public Map<String, Collection<String>> headers() {
    return headers;
  }
}
