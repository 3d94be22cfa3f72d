package ru.elumenta.client.internal.call;

import java.time.Duration;

/**
 * What may differ from call to call.
 *
 * @param limit the time for the call
 * @param hasAlternative whether its caller has another model to ask if this one is unavailable
 */
public record CallTerms(Duration limit, boolean hasAlternative) {

  /** Returns terms that end within this time too. */
  public CallTerms within(Duration time) {
    return time.compareTo(limit) < 0 ? lasting(time) : this;
  }

  /** Returns terms with another time. */
  public CallTerms lasting(Duration time) {
    return new CallTerms(time, hasAlternative);
  }
}
