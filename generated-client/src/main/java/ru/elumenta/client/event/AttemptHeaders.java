package ru.elumenta.client.event;

import java.util.Map;

/**
 * Gives further headers to each attempt, such as {@code traceparent}. Called on the thread of the
 * call, after {@link CallListener#attemptStarted}, once for each attempt. Thread-safe.
 *
 * <p>They go to the service alone, never to the hosts of result files. A header that a request has
 * already is left as it is. A header that the client itself decides over, or that cannot be sent,
 * is left away, as are all of them if this throws: the call goes on, and the log is told once.
 */
@FunctionalInterface
public interface AttemptHeaders {
  /**
   * Returns the headers of one attempt.
   *
   * @param attempt 1 for the first attempt of the call
   * @return names and values; empty for none
   */
  Map<String, String> of(CallInfo call, int attempt);
}
