package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.internal.call.ModelBreaker.Permission;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/** Sends a request once, and lets all know that learn from how it went. Used by one thread. */
final class SingleAttempt {
  private final Operation operation;
  private final CallSettings settings;
  private final ClientLimits limits;
  private final Optional<ModelBreaker> breaker;
  private final Attempt attempt;
  private final CallReport report;
  private final FailureTranslation translation;

  SingleAttempt(
      Operation operation,
      CallSettings settings,
      ClientLimits limits,
      Optional<ModelBreaker> breaker,
      Attempt attempt,
      CallReport report) {
    this.operation = operation;
    this.settings = settings;
    this.limits = limits;
    this.breaker = breaker;
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
  record Outcome(Object result, ElumentaException failure, AttemptOptions exchange) {}

  /**
   * Sends it. What this throws is no failure of the call, even if its type says so: credentials may
   * make calls of their own.
   *
   * @param number 1 for the first attempt of the call
   * @param limit the time it has
   * @param permission of the breaker, if there is one
   */
  Outcome send(int number, Duration limit, Optional<Permission> permission) {
    AttemptOptions exchange = new AttemptOptions(number, limit, settings.time());
    long begin = settings.time().nanoTime();
    long answersBefore = limits.pacing(operation).map(RequestPacing::answersSoFar).orElse(0L);
    Outcome outcome = null;
    try {
      report.attemptStarted(number);
      outcome = sent(exchange, limit);
      return outcome;
    } finally {
      ElumentaException failure = outcome == null ? null : outcome.failure;
      tellPacing(exchange, answersBefore, failure);
      permission.ifPresent(given -> tellBreaker(given, exchange, failure));
      report.attemptEnded(
          number, Duration.ofNanos(settings.time().nanoTime() - begin), exchange, failure);
    }
  }

  private Outcome sent(AttemptOptions exchange, Duration limit) {
    try {
      return new Outcome(AttemptUnderWay.send(attempt, exchange), null, exchange);
    } catch (Throwable thrown) {
      return new Outcome(null, translation.translate(thrown, operation, limit), exchange);
    }
  }

  /** Nothing in here may throw: a paid result may be on its way out. */
  private void tellPacing(AttemptOptions exchange, long answersBefore, ElumentaException failure) {
    Optional<RateLimits> said = exchange.answer().flatMap(limits::noted);
    Optional<RequestPacing> pacing = limits.pacing(operation);
    if (pacing.isEmpty()) {
      return;
    }
    if (said.isPresent()) {
      pacing
          .get()
          .answered(said.get(), answersBefore, limits.skew(exchange.answer().orElseThrow()));
    } else if (hasNotArrived(exchange, failure)) {
      pacing.get().notSent();
    } else {
      pacing.get().lost();
    }
    if (failure instanceof RateLimitException) {
      pacing.get().refused(failure.retryAfter().orElse(settings.retry().rateLimitWait()));
    } else if (exchange.answer().isPresent()) {
      pacing.get().accepted(answersBefore);
    }
  }

  private static boolean hasNotArrived(AttemptOptions exchange, ElumentaException failure) {
    boolean provablyNot = failure != null && failure.execution() == Execution.NOT_EXECUTED;
    return !exchange.isSent() || (provablyNot && exchange.answer().isEmpty());
  }

  private void tellBreaker(
      Permission permission, AttemptOptions exchange, ElumentaException failure) {
    if (!exchange.isSent()) {
      breaker.orElseThrow().notAsked(permission);
    } else if (failure == null) {
      breaker.orElseThrow().answered(permission);
    } else {
      breaker.orElseThrow().failed(permission, failure).ifPresent(report::breakerOpened);
    }
  }
}
