package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.internal.call.RetryDecision.LookUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.Situation;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.internal.call.SingleAttempt.Outcome;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.error.ElumentaException;

/**
 * Applies the {@link RetryDecision} to one call: knows what is left of its time, its attempts and
 * the client's retry budget, and takes from that budget what a further attempt costs. Used by one
 * thread.
 */
final class CallRetries {
  private final CallSettings settings;
  private final CallTerms terms;
  private final RetryBudget budget;
  private final CallRecord record;
  private final CallReport report;
  private final WhenUnknown whenUnknown;
  private final Optional<Upload> upload;
  private boolean hasNewToken;

  CallRetries(
      CallSettings settings,
      CallTerms terms,
      RetryBudget budget,
      CallRecord record,
      CallReport report,
      WhenUnknown whenUnknown,
      Optional<Upload> upload) {
    this.settings = settings;
    this.terms = terms;
    this.budget = budget;
    this.record = record;
    this.report = report;
    this.whenUnknown = whenUnknown;
    this.upload = upload;
  }

  /** The call succeeded. */
  void succeeded() {
    if (!terms.isLookUp()) {
      budget.succeeded();
    }
  }

  /** Decides about an attempt that failed. */
  RetryDecision after(Outcome failed) {
    ElumentaException failure = failed.failure();
    boolean gotNewToken = !hasNewToken && failed.hasNewToken();
    hasNewToken |= gotNewToken; // once: if the next is refused too, it is for the caller to know
    boolean isAffordable = budget.tryTake();
    RetryDecision decision =
        RetryDecision.decide(
            failure,
            whenUnknown,
            situation(isAffordable, gotNewToken),
            settings.retry(),
            ThreadLocalRandom.current().nextDouble());
    if (decision instanceof Retry && upload.filter(Upload::isSpent).isPresent()) {
      decision = RetryDecision.readOnce();
    }
    boolean isSpent = decision instanceof Retry && RetryDecision.isCharged(failure);
    if (isAffordable && !isSpent) {
      budget.giveBack();
    }
    return decision;
  }

  /**
   * Decides about a lost request that was looked for, as {@link LookUp} says, and is not shown.
   *
   * @param sinceFailure the time that looking took
   */
  RetryDecision afterLookUp(ElumentaException failure, Duration sinceFailure) {
    boolean isAffordable = budget.tryTake();
    Situation situation = situation(isAffordable, false);
    RetryDecision decision =
        RetryDecision.afterLookUp(failure, sinceFailure, situation, settings.retry());
    if (isAffordable && !(decision instanceof Retry)) {
      budget.giveBack();
    } else if (!isAffordable && situation.attempts() < settings.retry().maxAttempts()) {
      report.budgetEmpty();
    }
    return decision;
  }

  private Situation situation(boolean isAffordable, boolean gotNewToken) {
    int attempts = record.attempts() - (hasNewToken ? 1 : 0); // the refused one does not count
    return new Situation(
        attempts, terms.deadline().remaining(), isAffordable, terms.hasAlternative(), gotNewToken);
  }
}
