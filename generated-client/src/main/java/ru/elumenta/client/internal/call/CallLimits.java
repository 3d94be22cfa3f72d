package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.journal.CallJournal;

/**
 * What an application sets for calls before it makes any.
 *
 * @param callTimeout the time for one call; empty for that of the client
 * @param maxCost the most that a generation may cost; empty for any
 * @param journal where paid requests are written down; empty for that of the client
 */
public record CallLimits(
    Optional<Duration> callTimeout, OptionalLong maxCost, Optional<CallJournal> journal) {
  public static final CallLimits OF_CLIENT =
      new CallLimits(Optional.empty(), OptionalLong.empty(), Optional.empty());

  /** Returns limits with another time. */
  public CallLimits within(Duration time) {
    return new CallLimits(Optional.of(time), maxCost, journal);
  }

  /** Returns limits with another cost. */
  public CallLimits maxCost(long tokens) {
    return new CallLimits(callTimeout, OptionalLong.of(tokens), journal);
  }

  /** Returns the same with another journal. */
  public CallLimits journal(CallJournal other) {
    return new CallLimits(callTimeout, maxCost, Optional.of(other));
  }

  /** Opens the deadline of one call. */
  public CallTerms begin(CallSettings settings) {
    Duration time = callTimeout.orElse(settings.callTimeout());
    return new CallTerms(
        Deadline.after(time, settings.time()),
        callTimeout.isPresent(),
        maxCost,
        false,
        false,
        journal,
        Optional.empty());
  }
}
