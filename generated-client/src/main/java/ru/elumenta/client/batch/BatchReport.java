package ru.elumenta.client.batch;

import java.util.Objects;
import java.util.Optional;

/**
 * How a run of a batch ended. All numbers are of the whole batch, earlier runs included, unless
 * they say otherwise. Immutable.
 *
 * @param end why it ended
 * @param total how many items the input has
 * @param completed how many have a result, in {@code results.jsonl}
 * @param failed how many have failed, in {@code failures.jsonl}
 * @param open of how many nobody knows the outcome, in {@code open.jsonl}; they are not sent again
 *     unless asked for, and looked up by every further run
 * @param running how many generations go on running; a further run waits for them
 * @param waiting how many were not sent so far
 * @param completedNow how many got their result in this run
 * @param tokensSpent what the service stated for all that ended, failures included
 * @param tokensOfFailures what of it failures cost
 * @param tokensOpen what open and running items may cost beyond that, at their price; 0 for those
 *     whose price was not asked for, which is done with a budget or a limit only
 * @param problem what ended the run early, as a sentence of the failure that did; empty if it was
 *     none
 */
public record BatchReport(
    BatchEnd end,
    long total,
    long completed,
    long failed,
    long open,
    long running,
    long waiting,
    long completedNow,
    long tokensSpent,
    long tokensOfFailures,
    long tokensOpen,
    Optional<String> problem) {
  /** Checks the members. */
  public BatchReport {
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(problem, "problem");
  }

  /** Returns whether every item has a result. */
  public boolean isAllCompleted() {
    return completed == total;
  }
}
