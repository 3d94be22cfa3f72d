package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import ru.elumenta.client.internal.transport.AttemptOptions.Answer;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.error.RateLimits;

/**
 * What all calls of one client share: budget, pacing, circuit breakers, rate limits. Thread-safe.
 */
final class ClientLimits {
  /** More than there are models; a slug may be any text. */
  private static final int MOST_BREAKERS = 1_000;

  private final CallSettings settings;
  private final RetryBudget budget;
  private final Map<String, ModelBreaker> breakers =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ModelBreaker> eldest) {
              return size() > MOST_BREAKERS;
            }
          });
  private final AtomicReference<RateLimits> latest = new AtomicReference<>();
  private final AtomicLong calls = new AtomicLong();

  ClientLimits(CallSettings settings) {
    this.settings = settings;
    this.budget = new RetryBudget(settings.retry().budget());
  }

  RetryBudget budget() {
    return budget;
  }

  /** Returns what holds requests of the account back, if the client paces them. */
  Optional<Pacing> pacing(Operation operation) {
    return settings.pacing().filter(any -> operation.takesCredentials());
  }

  /** Returns the breaker of a model, if the client has breakers. */
  Optional<ModelBreaker> breaker(String model) {
    return settings
        .breaker()
        .map(
            options ->
                breakers.computeIfAbsent(
                    model, each -> new ModelBreaker(options, settings.time())));
  }

  /** Takes note of what an answer says about the account's limits. */
  Optional<RateLimits> noted(Answer answer) {
    Optional<RateLimits> limits = RateLimits.from(answer.headers());
    limits.ifPresent(latest::set);
    return limits;
  }

  /** Returns the limits as the last answer that had any stated them. */
  Optional<RateLimits> latest() {
    return Optional.ofNullable(latest.get());
  }

  /** Returns how far the service's clock is ahead, as far as an answer tells. */
  Duration skew(Answer answer) {
    return ServiceClock.skew(answer.headers(), settings.time().now()).orElse(Duration.ZERO);
  }

  long nextCallNumber() {
    return calls.incrementAndGet();
  }
}
