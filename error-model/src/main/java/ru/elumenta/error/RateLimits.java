package ru.elumenta.error;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
  private static final String PREFIX = "X-RateLimit-";
  private static final List<String> NAMES =
      List.of(
          PREFIX + "Limit-Hour",
          PREFIX + "Remaining-Hour",
          PREFIX + "Reset-Hour",
          PREFIX + "Limit-Day",
          PREFIX + "Remaining-Day");

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
    @Nullable String[] said = new String[NAMES.size()];
    for (Map.Entry<String, ? extends Collection<String>> header : headers.entrySet()) {
      int which = isOne(header.getKey()) ? indexOf(header.getKey()) : -1;
      if (which >= 0 && said[which] == null) {
        said[which] = first(header.getValue());
      }
    }
    Window hour = new Window(number(said[0]), number(said[1]), Numbers.epochSecond(said[2]));
    Window day = new Window(number(said[3]), number(said[4]), Optional.empty());
    return hour.isEmpty() && day.isEmpty()
        ? Optional.empty()
        : Optional.of(new RateLimits(hour, day));
  }

  /** Every answer is asked: most headers are passed over by their beginning. */
  private static boolean isOne(@Nullable String name) {
    return name != null && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  private static int indexOf(String name) {
    for (int i = 0; i < NAMES.size(); i++) {
      if (NAMES.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static OptionalLong number(@Nullable String said) {
    Optional<Long> number = Numbers.wholeNumber(said);
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
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
