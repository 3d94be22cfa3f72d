package ru.elumenta.error;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rate-limit windows of the account as one response stated them in its {@code X-RateLimit-*}
 * headers. Limits are per account, not per key.
 *
 * @param hour the hourly window
 * @param day the daily window; the service names no reset time for it
 */
public record RateLimits(Window hour, Window day) implements Serializable {

  /**
   * One window. A header that is missing or cannot be read leaves its part empty.
   *
   * @param limit requests allowed in the window; 0 means unlimited
   * @param remaining requests left in the window
   * @param reset when the window starts anew
   */
  public record Window(OptionalLong limit, OptionalLong remaining, Optional<Instant> reset)
      implements Serializable {

    /** Returns whether the window has a limit and nothing is left of it. */
    public boolean isExhausted() {
      return remaining.isPresent() && remaining.getAsLong() <= 0 && !isUnlimited();
    }

    /** Returns whether the plan sets no limit here, which the service writes as 0. */
    public boolean isUnlimited() {
      return limit.isPresent() && limit.getAsLong() == 0;
    }

    /** What may be absent cannot be serialised by itself. */
    private Object writeReplace() {
      return new Stored(
          limit.isPresent() ? limit.getAsLong() : null,
          remaining.isPresent() ? remaining.getAsLong() : null,
          reset.orElse(null));
    }

    private boolean isEmpty() {
      return limit.isEmpty() && remaining.isEmpty() && reset.isEmpty();
    }
  }

  private record Stored(@Nullable Long limit, @Nullable Long remaining, @Nullable Instant reset)
      implements Serializable {
    private Object readResolve() {
      return new Window(optional(limit), optional(remaining), Optional.ofNullable(reset));
    }

    private static OptionalLong optional(@Nullable Long number) {
      return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /**
   * Reads the windows from response headers.
   *
   * @param headers header names, in any case, with their values
   * @return the windows, empty if no header of them can be read
   */
  public static Optional<RateLimits> from(Map<String, ? extends Collection<String>> headers) {
    Window hour =
        new Window(
            number(headers, "X-RateLimit-Limit-Hour"),
            number(headers, "X-RateLimit-Remaining-Hour"),
            Numbers.epochSecond(first(headers, "X-RateLimit-Reset-Hour")));
    Window day =
        new Window(
            number(headers, "X-RateLimit-Limit-Day"),
            number(headers, "X-RateLimit-Remaining-Day"),
            Optional.empty());
    return hour.isEmpty() && day.isEmpty()
        ? Optional.empty()
        : Optional.of(new RateLimits(hour, day));
  }

  private static OptionalLong number(
      Map<String, ? extends Collection<String>> headers, String name) {
    Optional<Long> number = Numbers.wholeNumber(first(headers, name));
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  /** Every answer is asked for five of them: nothing is copied for that. */
  private static @Nullable String first(
      Map<String, ? extends Collection<String>> headers, String name) {
    String asSpelled = first(headers.get(name));
    if (asSpelled != null) { // or in any case, if the map does not care
      return asSpelled;
    }
    for (Map.Entry<String, ? extends Collection<String>> header : headers.entrySet()) {
      if (name.equalsIgnoreCase(header.getKey())) {
        String value = first(header.getValue());
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  private static @Nullable String first(@Nullable Collection<String> values) {
    if (values != null) {
      for (String value : values) {
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }
}
