package ru.elumenta.error;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Too many requests in the hour or the day: HTTP 429, {@code rate_limit_exceeded}. Without a status
 * if a client that paces its calls did not send the request at all.
 */
public final class RateLimitException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from what the response said. */
  public RateLimitException(ErrorContext context) {
    super(context, null);
  }

  /**
   * Returns the moment, by the local clock, before which no call should be made, if it was named.
   */
  public Optional<Instant> retryAt() {
    return retryAfter().map(context().occurredAt()::plus);
  }

  /** Returns the requests allowed per hour, from the body or else the headers; 0 is unlimited. */
  public OptionalLong limitHour() {
    OptionalLong named = Details.number(context(), "limit_hour");
    return named.isPresent()
        ? named
        : context().rateLimits().map(l -> l.hour().limit()).orElse(OptionalLong.empty());
  }

  /** Returns the requests allowed per day, from the body or else the headers; 0 is unlimited. */
  public OptionalLong limitDay() {
    OptionalLong named = Details.number(context(), "limit_day");
    return named.isPresent()
        ? named
        : context().rateLimits().map(l -> l.day().limit()).orElse(OptionalLong.empty());
  }

  /** Returns the plan of the account, if the response named it. */
  public Optional<String> plan() {
    return Details.text(context(), "plan");
  }

  @Override
  public boolean isTransient() {
    return true;
  }

  @Override
  protected String happened() {
    return context().status().isPresent()
        ? super.happened()
        : call() + " was held back: the requests that the account is allowed are used up";
  }

  @Override
  protected String advice() {
    return retryAfter()
        .map(wait -> "Call again in %s, at %s.".formatted(Sentences.seconds(wait), retryAt().get()))
        .orElse("The service did not say how long to wait; leave it at least 60 s.");
  }
}
