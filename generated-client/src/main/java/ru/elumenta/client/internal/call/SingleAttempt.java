package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.error.ElumentaException;

/** Sends a request once, and lets all know that learn from how it went. Used by one thread. */
final class SingleAttempt {
  private final Operation operation;
  private final CallSettings settings;
  private final Attempt attempt;
  private final CallReport report;
  private final FailureTranslation translation;

  SingleAttempt(Operation operation, CallSettings settings, Attempt attempt, CallReport report) {
    this.operation = operation;
    this.settings = settings;
    this.attempt = attempt;
    this.report = report;
    this.translation = new FailureTranslation(settings.time());
  }

  /**
   * How it went.
   *
   * @param result what the call returns, if it succeeded
   * @param failure why it failed, or null
   * @param exchange what was sent
   */
  record Outcome(Object result, ElumentaException failure, AttemptOptions exchange) {

    /** Tells the credentials of a refused token; returns whether they have another. */
    boolean hasNewToken() {
      if (!RetryDecision.isRefusedToken(failure)) {
        return false;
      }
      try {
        return exchange.refused();
      } catch (RuntimeException foreign) {
        failure.addSuppressed(foreign);
        return false;
      }
    }
  }

  /**
   * Sends it. What this throws is no failure of the call, even if its type says so: credentials may
   * make calls of their own.
   *
   * @param number 1 for the first attempt of the call
   * @param limit the time for it
   * @param admission what gave leave for it, and learns how it went
   */
  Outcome send(int number, AttemptLimit limit, Admission admission) {
    AttemptOptions exchange = new AttemptOptions(number, limit.time(), settings.time());
    if (!settings.listeners().isEmpty()) {
      exchange.wantFindings();
    }
    long begin = settings.time().nanoTime();
    Outcome outcome = null;
    try {
      report.attemptStarted(number);
      exchange.furtherHeaders(settings.headers().of(report.call(), number));
      outcome = sent(exchange, limit);
      return outcome;
    } finally {
      ElumentaException failure = outcome == null ? null : outcome.failure;
      admission.ended(exchange, failure).ifPresent(report::breakerOpened);
      report.attemptEnded(
          number, Duration.ofNanos(settings.time().nanoTime() - begin), exchange, failure);
    }
  }

  private Outcome sent(AttemptOptions exchange, AttemptLimit limit) {
    try {
      Object result = attempt.send(exchange);
      return operation
          .nameless(result)
          .map(made -> new Outcome(null, translation.nameless(made, exchange, operation), exchange))
          .orElseGet(() -> new Outcome(result, null, exchange));
    } catch (Throwable thrown) {
      return new Outcome(null, translation.translate(thrown, operation, limit.named()), exchange);
    }
  }
}
