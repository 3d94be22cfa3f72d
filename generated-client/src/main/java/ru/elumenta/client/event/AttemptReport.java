package ru.elumenta.client.event;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
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
    requestHeaders = HeadersOnDemand.copyOf(requestHeaders);
    responseHeaders = HeadersOnDemand.copyOf(responseHeaders);
    Objects.requireNonNull(failure, "failure");
  }

  /**
   * Returns a report whose headers are made once somebody looks at them; parameters as above.
   *
   * @param requestHeaders what makes them, the same whenever it is asked, from any thread
   * @param responseHeaders the same for the answer
   */
  public static AttemptReport withHeadersOnDemand(
      int attempt,
      Duration took,
      OptionalInt status,
      Supplier<Map<String, Collection<String>>> requestHeaders,
      Supplier<Map<String, Collection<String>>> responseHeaders,
      Optional<ElumentaException> failure) {
    return new AttemptReport(
        attempt,
        took,
        status,
        new HeadersOnDemand(requestHeaders),
        new HeadersOnDemand(responseHeaders),
        failure);
  }
}
