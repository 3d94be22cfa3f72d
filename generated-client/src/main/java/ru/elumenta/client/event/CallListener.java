package ru.elumenta.client.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimits;

/**
 * Is told what a client does on behalf of each call, for logs, metrics and traces.
 *
 * <p>A call is one operation of the contract with all its attempts; polls and the requests of a
 * look-up are calls of their own. Around them are told: a stream, from its request to its end; a
 * wait for a job, from its first poll to its end; a download, which is no call of the API.
 *
 * <p>Called on the thread of whatever it is told of, which waits meanwhile and holds no lock of the
 * client; so a listener is quick, and thread-safe. One that blocks keeps its own call waiting, past
 * its time limit too, and no other. What it throws is caught, and logged once for each listener, by
 * {@link System.Logger}. Of several, each is told in the order in which they were given. {@link
 * Slf4jCallListener} writes to a log.
 */
public interface CallListener {
  /**
   * A call begins. {@link #callEnded} follows, on the same thread, with the same object.
   *
   * <p>What is refused for its arguments alone is no call.
   */
  default void callStarted(CallInfo call) {}

  /** A call has ended, well or badly. */
  default void callEnded(CallInfo call, CallEnd end) {}

  /** A call waits before it is sent, by a rule of the client. */
  default void heldBack(CallInfo call, HeldBack wait) {}

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

  /** A paid request whose answer was lost is looked for in the history, by calls of their own. */
  default void lookUpStarted(CallInfo call, ElumentaException lost) {}

  /** A look-up has ended, on the thread on which it started. */
  default void lookUpEnded(CallInfo call, LookUpEnd end) {}

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

  /** The circuit breaker of a model closed: a trial was answered. */
  default void breakerClosed(String model) {}

  /** An answer stated how many requests the account has left. */
  default void rateLimits(RateLimits limits) {}

  /** An answer showed a generation that has ended, for the first time. */
  default void generationEnded(GenerationEnd end) {}

  /** An answer stated what a generation cost. */
  default void charged(Charge charge) {}

  /**
   * The client begins to wait for a generation that is unfinished. {@link #jobEnded} follows, with
   * the same object, perhaps on another thread.
   */
  default void jobStarted(JobInfo job) {}

  /** A poll begins: a call, on this thread. */
  default void pollStarted(JobInfo job) {}

  /**
   * A poll has ended, on the thread on which it started.
   *
   * @param progress how far the generation is; empty if the poll failed, or said nothing of it
   */
  default void pollEnded(JobInfo job, Optional<JobProgress> progress) {}

  /** A wait for a generation has ended, in whatever way. */
  default void jobEnded(JobInfo job, JobEnd end) {}

  /**
   * A stream is asked for: a call, on this thread. {@link #streamOpened} or {@link #streamEnded}
   * follows, on the same thread, with the same object.
   */
  default void streamStarted(StreamInfo stream) {}

  /**
   * The first event of a stream has come. {@link #streamEnded} follows, perhaps on another thread.
   *
   * @param took since the stream was asked for
   */
  default void streamOpened(StreamInfo stream, Duration took) {}

  /** A stream has ended: it was read to its end, failed, or was closed. */
  default void streamEnded(StreamInfo stream, StreamEnd end) {}

  /** A download begins. {@link #downloadEnded} follows, on the same thread. */
  default void downloadStarted(DownloadInfo download) {}

  /** A download has ended. */
  default void downloadEnded(DownloadInfo download, DownloadEnd end) {}

  /**
   * A poll found a status that the contract does not know. Without a result or a time of its end it
   * counts as unfinished. Told once per job.
   */
  default void unknownStatus(GenerationId id, GenerationStatus status) {}
}
