package ru.elumenta.error;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a server asked to wait: the longest of everything in the response that can be read, so
 * that no reading of it is disobeyed. Total: whatever stands there, it never throws and is never
 * negative.
 *
 * <p>The documentation names a {@code Retry-After} header in its retry sample, a {@code
 * retry_after} member in the body of its 429 sample, and an hourly reset time in the rate-limit
 * headers. Any of them may be missing.
 */
final class ServerNamedWait {
  /** Nobody waits longer; keeps arithmetic on instants from overflowing. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration HOUR = Duration.ofHours(1);

  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+");

  private ServerNamedWait() {}

  /**
   * Reads the wait.
   *
   * @param status the HTTP status; the hourly reset counts for 429 only
   * @param now the local time, used where the response has no {@code Date}
   */
  static Optional<Duration> read(
      int status, Headers headers, Map<String, @Nullable Object> details, Instant now) {
    Instant serverTime = headers.first("Date").flatMap(HttpDate::read).orElse(now);
    Stream<Optional<Duration>> fromHeader =
        headers.all("Retry-After").stream().flatMap(text -> retryAfter(text, serverTime));
    Stream<Optional<Duration>> fromBody = Stream.of(seconds(details.get("retry_after")));
    Stream<Optional<Duration>> fromWindow =
        status == 429 ? Stream.of(hourReset(headers, serverTime)) : Stream.empty();
    return Stream.of(fromHeader, fromBody, fromWindow)
        .flatMap(each -> each)
        .flatMap(Optional::stream)
        .max(Duration::compareTo);
  }

  /** Seconds, a date, or a comma-separated list of seconds (several headers folded into one). */
  private static Stream<Optional<Duration>> retryAfter(String text, Instant serverTime) {
    String value = text.strip();
    Stream<String> readings =
        THOUSANDS.matcher(value).matches()
            ? Stream.of(value.replace(",", ""))
            : Arrays.stream(value.split(","));
    return Stream.concat(
        Stream.of(HttpDate.read(value).map(date -> between(serverTime, date))),
        readings.map(ServerNamedWait::seconds));
  }

  /** The hourly window names its end; that is a wait only if the hour is what ran out. */
  private static Optional<Duration> hourReset(Headers headers, Instant serverTime) {
    return RateLimits.from(headers.asMap())
        .map(RateLimits::hour)
        .filter(hour -> hour.remaining().orElse(0) <= 0)
        .flatMap(RateLimits.Window::reset)
        .map(reset -> between(serverTime, reset))
        .map(wait -> wait.compareTo(HOUR) > 0 ? HOUR : wait); // no hour is longer
  }

  private static Optional<Duration> seconds(@Nullable Object value) {
    return Numbers.decimal(value)
        .map(
            seconds -> {
              BigDecimal atMost = BigDecimal.valueOf(LONGEST.toSeconds());
              BigDecimal millis = seconds.max(BigDecimal.ZERO).min(atMost).movePointRight(3);
              return Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValueExact());
            });
  }

  private static Duration between(Instant from, Instant to) {
    Instant capped = to.isAfter(from.plus(LONGEST)) ? from.plus(LONGEST) : to;
    return capped.isBefore(from) ? Duration.ZERO : Duration.between(from, capped);
  }
}
