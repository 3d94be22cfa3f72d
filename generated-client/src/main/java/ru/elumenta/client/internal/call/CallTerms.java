package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.journal.CallJournal;

/**
 * The terms of one call, with its one deadline, which is opened when the application calls. All
 * that is done for the call is handed them: asking for a price, creating, another model, looking
 * for what was lost, waiting.
 *
 * @param deadline the end of all requests, and of what is between them
 * @param spansWaiting whether it is the end of waiting for a generation too, which has a limit of
 *     its own else
 * @param maxCost the most that a generation may cost; empty for any
 * @param hasAlternative whether its caller has another model to ask if this one is unavailable
 * @param isLookUp whether it only looks for what became of another, and so is no traffic that tells
 *     how the service does
 * @param journal where a paid request is written down; empty for that of the client
 * @param note takes status and headers of the answer; empty if nobody asks for them
 */
public record CallTerms(
    Deadline deadline,
    boolean spansWaiting,
    OptionalLong maxCost,
    boolean hasAlternative,
    boolean isLookUp,
    Optional<CallJournal> journal,
    Optional<AnswerNote> note) {

  /** Returns terms that end within this time too, counted from now. */
  public CallTerms within(Duration time) {
    return until(deadline.within(time));
  }

  /** Returns terms that end with this deadline too, if that is the earlier one. */
  public CallTerms endingWith(Deadline other) {
    return until(deadline.orEarlier(other));
  }

  /** Returns terms for a call whose caller has another model to ask, or has none. */
  public CallTerms alternative(boolean isThere) {
    return new CallTerms(deadline, spansWaiting, maxCost, isThere, isLookUp, journal, note);
  }

  /** Returns terms for what is left to do after waiting that has a limit of its own. */
  public CallTerms afterWaiting(Duration time) {
    return spansWaiting ? this : until(deadline.putOff(time));
  }

  /** Returns the terms of a look-up. */
  public CallTerms ofLookUp() {
    return new CallTerms(deadline, spansWaiting, maxCost, hasAlternative, true, journal, note);
  }

  /** Returns terms of a call the answer to which is noted. */
  public CallTerms noting(AnswerNote other) {
    return new CallTerms(
        deadline, spansWaiting, maxCost, hasAlternative, isLookUp, journal, Optional.of(other));
  }

  private CallTerms until(Deadline other) {
    return new CallTerms(other, spansWaiting, maxCost, hasAlternative, isLookUp, journal, note);
  }
}
