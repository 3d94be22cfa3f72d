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
   * Sends it.
   *
   * @param number 1 for the first attempt of the call
   * @param limit the time it has
   * @throws ElumentaException if it fails; anything else is no failure of the call
   */
  Object send(int number, Duration limit) {
    AttemptOptions exchange = new AttemptOptions(limit);
    long begin = settings.time().nanoTime();
    boolean isAnswered = false;
    ElumentaException failure = null;
    report.attemptStarted(number);
    try {
      Object result = attempt.send(exchange);
      isAnswered = true;
      return result;
    } catch (Throwable thrown) {
      failure = translation.translate(thrown, operation, limit);
      throw failure;
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
