package ru.elumenta.client.internal.call;

import java.time.Duration;

/**
 * What may differ from call to call.
 *
 * @param limit the time for the call
 * @param hasAlternative whether its caller has another model to ask if this one is unavailable
 * @param isLookUp whether it only looks for what became of another, and so is no traffic that tells
 *     how the service does
 */
public record CallTerms(Duration limit, boolean hasAlternative, boolean isLookUp) {

  /** Creates the terms of a call of the application. */
  public CallTerms(Duration limit, boolean hasAlternative) {
    this(limit, hasAlternative, false);
  }

  /** Returns terms that end within this time too. */
  public CallTerms within(Duration time) {
    return time.compareTo(limit) < 0 ? lasting(time) : this;
  }

  /** Returns terms with another time. */
  public CallTerms lasting(Duration time) {
    return new CallTerms(time, hasAlternative, isLookUp);
  }

  /** Returns the terms of a look-up. */
  public CallTerms ofLookUp() {
    return new CallTerms(limit, hasAlternative, true);
  }
}
