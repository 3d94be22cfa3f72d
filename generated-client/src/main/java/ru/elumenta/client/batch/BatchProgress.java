package ru.elumenta.client.batch;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a batch has come, earlier runs included. Immutable.
 *
 * @param total how many items the input has
 * @param completed how many have a result
 * @param failed how many have failed
 * @param open of how many nobody knows the outcome so far
 * @param running how many are under way
 * @param tokensSpent what all of them cost so far, as the service stated it
 * @param tokensReserved what those under way and those open may cost beyond that
 * @param perMinute how many items end a minute, lately
 * @param waitingUntil until when nothing is sent, because the account's hour or day is used up or
 *     the service cannot be reached; empty if nothing is waited for
 * @param estimatedEnd when all are done at this pace; empty if nobody can tell
 */
public record BatchProgress(
    long total,
    long completed,
    long failed,
    long open,
    long running,
    long tokensSpent,
    long tokensReserved,
    double perMinute,
    Optional<Instant> waitingUntil,
    Optional<Instant> estimatedEnd) {
  /** Checks the members. */
  public BatchProgress {
    Objects.requireNonNull(waitingUntil, "waitingUntil");
    Objects.requireNonNull(estimatedEnd, "estimatedEnd");
  }

  /** Returns how many items are settled, one way or the other. */
  public long settled() {
    return completed + failed + open;
  }
}
