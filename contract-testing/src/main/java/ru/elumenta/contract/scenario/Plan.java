package ru.elumenta.contract.scenario;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The subscriptions, with what they allow (pages: concepts/subscriptions, concepts/rate-limits).
 */
public enum Plan {
  /** Starter. Two pages disagree about its limits; these are the lower ones. */
  FREE(5, 20, 7),
  /** Basic. */
  BASIC(30, 200, 30),
  /** Pro. */
  PRO(60, 500, 90),
  /** VIP, the lowest with API keys. */
  VIP(100, 1000, 90),
  /** Elite: no limits. */
  ELITE(0, 0, 0);

  private final int perHour;
  private final int perDay;
  private final int retentionDays;

  Plan(int perHour, int perDay, int retentionDays) {
    this.perHour = perHour;
    this.perDay = perDay;
    this.retentionDays = retentionDays;
  }

  /** Returns the name that the API has for it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns how many generations an hour it allows; empty for any number. */
  public OptionalInt perHour() {
    return perHour == 0 ? OptionalInt.empty() : OptionalInt.of(perHour);
  }

  /** Returns how many generations a day it allows; empty for any number. */
  public OptionalInt perDay() {
    return perDay == 0 ? OptionalInt.empty() : OptionalInt.of(perDay);
  }

  /** Returns for how many days result files are kept; empty for ever. */
  public OptionalInt retentionDays() {
    return retentionDays == 0 ? OptionalInt.empty() : OptionalInt.of(retentionDays);
  }

  /** Returns whether it allows API keys, and so everything but sessions. */
  public boolean hasApiAccess() {
    return compareTo(VIP) >= 0;
  }
}
