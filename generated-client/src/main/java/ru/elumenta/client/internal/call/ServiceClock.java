package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.error.HttpDate;

/** The clock of the service, which need not be right by ours. */
public final class ServiceClock {
  private ServiceClock() {}

  /**
   * Returns how far it is ahead of ours, by the {@code Date} of an answer; negative if it is
   * behind, empty if the answer has none. Exact to a second.
   *
   * @param headers the headers of an answer that has just come, as Feign keeps them: names in any
   *     case
   */
  public static Optional<Duration> skew(Map<String, Collection<String>> headers, Instant now) {
    for (String date : headers.getOrDefault("Date", List.of())) {
      Optional<Instant> theirs = HttpDate.read(date);
      if (theirs.isPresent()) {
        return Optional.of(Duration.between(now, theirs.get()));
      }
    }
    return Optional.empty();
  }
}
