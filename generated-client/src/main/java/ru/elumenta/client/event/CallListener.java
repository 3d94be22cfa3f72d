package ru.elumenta.client.event;

import java.time.Duration;
import java.util.List;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;

/**
 * Is told what a client does on behalf of each call, for logs and metrics.
 *
 * <p>Called on the thread of the call, which waits meanwhile; so a listener is quick, and
 * thread-safe. What it throws is ignored. It is told of polls and look-ups too, as calls of their
 * own. {@link Slf4jCallListener} writes to a log.
 */
public interface CallListener {
  /**
   * A request is about to be sent.
   *
   * @param attempt 1 for the first attempt of the call
   */
  default void attemptStarted(CallInfo call, int attempt) {}

  /** A request was answered, or failed. */
  default void attemptEnded(CallInfo call, AttemptReport report) {}

  /**
   * A successful answer was read, but not all of it is as the contract says. Told once for each
   * such answer, after {@link #attemptEnded}.
   *
   * @param findings what is odd, in the order of the answer; a hundred at the most
   */
  default void answerDeviates(CallInfo call, List<AnswerFinding> findings) {}

  /**
   * A failed attempt will be followed by another.
   *
   * @param why what the attempt failed with
   * @param wait how long until the next
   */
  default void retryScheduled(CallInfo call, ElumentaException why, Duration wait) {}

  /** A paid request whose answer got lost was found in the history, and not paid for again. */
  default void recovered(CallInfo call, GenerationId id) {}

  /**
   * The call failed.
   *
   * @param failure what its caller gets
   * @param reason why it was not tried again
   */
  default void gaveUp(CallInfo call, ElumentaException failure, GiveUpReason reason) {}

  /** The call was not tried again because the retry budget of the client is used up. */
  default void budgetEmpty(CallInfo call) {}

  /**
   * The circuit breaker of a model opened: for a while its generations fail without being sent.
   *
   * @param model the slug
   * @param pause for how long
   */
  default void breakerOpened(String model, Duration pause) {}

  /**
   * A poll found a status that the contract does not know. Without a result or a time of its end it
   * counts as unfinished. Told once per job.
   */
  default void unknownStatus(GenerationId id, GenerationStatus status) {}
}
