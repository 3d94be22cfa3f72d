package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import ru.elumenta.error.ElumentaException;

/**
 * What came of one attempt. Bodies are not part of it, nor are credentials. The maps of headers are
 * looked up without regard to case.
 *
 * @param attempt 1 for the first attempt of the call
 * @param took from sending to the last byte of the answer, or to the failure
 * @param status the HTTP status, if there was an answer
 * @param requestHeaders the headers sent; of Authorization only the first characters of the token
 *     and its length
 * @param responseHeaders the headers of the answer, empty if there was none
 * @param failure why the attempt failed, empty if it did not or if it was not the call that failed
 *     but, for example, the credentials
 */
public record AttemptReport(
    int attempt,
    Duration took,
    OptionalInt status,
    Map<String, Collection<String>> requestHeaders,
    Map<String, Collection<String>> responseHeaders,
    Optional<ElumentaException> failure) {
  /** Creates a report. */
  public AttemptReport {
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(status, "status");
    requestHeaders = copyOf(requestHeaders);
    responseHeaders = copyOf(responseHeaders);
    Objects.requireNonNull(failure, "failure");
  }

  private static Map<String, Collection<String>> copyOf(Map<String, Collection<String>> headers) {
    Map<String, Collection<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }
}
