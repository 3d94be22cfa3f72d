package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.scenario.Plan;

/** How many generations an account has begun in this hour and on this day, both by the clock. */
final class RequestWindows {
  private Instant hour = Instant.EPOCH;
  private Instant day = Instant.EPOCH;
  private int inHour;
  private int inDay;

  private void turn(Instant now) {
    if (!now.truncatedTo(ChronoUnit.HOURS).equals(hour)) {
      hour = now.truncatedTo(ChronoUnit.HOURS);
      inHour = 0;
    }
    if (!now.truncatedTo(ChronoUnit.DAYS).equals(day)) {
      day = now.truncatedTo(ChronoUnit.DAYS);
      inDay = 0;
    }
  }

  /** Refuses one more if there may be none. */
  void check(Plan plan, Instant now) {
    turn(now);
    if (inDay >= plan.perDay().orElse(Integer.MAX_VALUE)) {
      throw refusal(
          "Daily limit reached: %d requests/day",
          plan.perDay().getAsInt(), plan, now, day.plus(1, ChronoUnit.DAYS));
    }
    if (inHour >= plan.perHour().orElse(Integer.MAX_VALUE)) {
      throw refusal(
          "Hourly limit reached: %d requests/hour",
          plan.perHour().getAsInt(), plan, now, hour.plus(1, ChronoUnit.HOURS));
    }
  }

  private Refusal refusal(String message, int limit, Plan plan, Instant now, Instant reset) {
    long seconds = Math.max(1, Duration.between(now, reset).plusNanos(999_999_999).toSeconds());
    Map<String, Object> further = new LinkedHashMap<>();
    further.put("retry_after", seconds);
    further.put("plan", plan.wireName());
    further.put("limit_hour", plan.perHour().getAsInt());
    further.put("limit_day", plan.perDay().getAsInt());
    return Refusal.of(
        429,
        "rate_limit_exceeded",
        message.formatted(limit),
        further,
        Map.of("Retry-After", Long.toString(seconds)));
  }

  void count() {
    inHour++;
    inDay++;
  }

  void exhaustHour(Plan plan, Instant now) {
    turn(now);
    inHour = plan.perHour().orElse(0);
    inDay = Math.max(inDay, inHour);
  }

  /** How much of each is used. */
  List<Overview.Window> overview(Plan plan, Instant now) {
    turn(now);
    return plan.perHour().isEmpty()
        ? List.of()
        : List.of(
            new Overview.Window(
                "hour", inHour, plan.perHour().getAsInt(), hour.plus(1, ChronoUnit.HOURS)),
            new Overview.Window(
                "day", inDay, plan.perDay().getAsInt(), day.plus(1, ChronoUnit.DAYS)));
  }

  /** The headers that every answer carries; a plan without limits has none. */
  Map<String, String> headers(Plan plan, Instant now) {
    turn(now);
    Map<String, String> headers = new LinkedHashMap<>();
    if (plan.perHour().isPresent()) {
      int perHour = plan.perHour().getAsInt();
      int perDay = plan.perDay().getAsInt();
      headers.put("X-RateLimit-Limit-Hour", "" + perHour);
      headers.put("X-RateLimit-Remaining-Hour", "" + Math.max(0, perHour - inHour));
      headers.put("X-RateLimit-Limit-Day", "" + perDay);
      headers.put("X-RateLimit-Remaining-Day", "" + Math.max(0, perDay - inDay));
      headers.put("X-RateLimit-Reset-Hour", "" + hour.plus(1, ChronoUnit.HOURS).getEpochSecond());
    }
    return headers;
  }
}
