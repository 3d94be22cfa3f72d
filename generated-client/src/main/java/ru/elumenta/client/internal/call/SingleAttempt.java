package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.error.ElumentaException;
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
   */
  record Outcome(Object result, ElumentaException failure) {}

  /**
   * Sends it. What this throws is no failure of the call, even if its type says so: credentials may
   * make calls of their own.
   *
   * @param number 1 for the first attempt of the call
   * @param limit the time it has
   */
  Outcome send(int number, Duration limit) {
    AttemptOptions exchange = new AttemptOptions(limit);
    long begin = settings.time().nanoTime();
    boolean isAnswered = false;
    ElumentaException failure = null;
    report.attemptStarted(number);
    try {
      Object result = attempt.send(exchange);
      isAnswered = true;
      return new Outcome(result, null);
    } catch (Throwable thrown) {
      failure = translation.translate(thrown, operation, limit);
      return new Outcome(null, failure);
    } finally {
      tellPacing(exchange, failure);
      tellBreaker(isAnswered, failure);
      report.attemptEnded(
          number, Duration.ofNanos(settings.time().nanoTime() - begin), exchange, failure);
    }
  }

  private void tellPacing(AttemptOptions exchange, ElumentaException failure) {
    Optional<RateLimits> said = exchange.answer().flatMap(limits::noted);
    if (limits.pacing().isEmpty()) {
      return;
    }
    RequestPacing pacing = limits.pacing().get();
    if (said.isPresent()) {
      pacing.answered(said.get(), limits.skew(exchange.answer().orElseThrow()));
    } else {
      pacing.lost();
    }
    if (failure instanceof RateLimitException) {
      pacing.refused(failure.retryAfter().orElse(settings.retry().rateLimitWait()));
    }
  }

  private void tellBreaker(boolean isAnswered, ElumentaException failure) {
    if (breaker.isEmpty()) {
      return;
    }
    if (isAnswered) {
      breaker.get().answered();
    } else {
      Optional<Duration> opened =
          failure == null ? breaker.get().lost() : breaker.get().failed(failure);
      opened.ifPresent(report::breakerOpened);
    }
  }
}
