package ru.elumenta.client.internal.job;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.UnexpectedResponseException;

/**
 * One wait for a job, from its start to its end; the same for a thread that sleeps between the
 * polls and for a timer. Used by one thread at a time.
 */
public final class JobWait {
  private final JobState job;
  private final GenerationPolls polls;
  private final Duration givenLimit; // null for that of the options
  private final Deadline atMost; // null for no other
  private final Duration waitedBefore;
  private final Consumer<? super JobProgress> progress;
  private final long start;
  private Duration delay;
  private ElumentaException failure;
  private int failedPolls;

  public JobWait(
      JobState job,
      GenerationPolls polls,
      Duration givenLimit,
      Consumer<? super JobProgress> progress) {
    this(job, polls, givenLimit, null, Duration.ZERO, progress);
  }

  /**
   * Begins a wait.
   *
   * @param givenLimit how long to wait, null for that of the options
   * @param atMost another end, or null
   * @param waitedBefore what is used up of the limit
   */
  public JobWait(
      JobState job,
      GenerationPolls polls,
      Duration givenLimit,
      Deadline atMost,
      Duration waitedBefore,
      Consumer<? super JobProgress> progress) {
    this.atMost = atMost;
    this.waitedBefore = waitedBefore;
    this.job = job;
    this.polls = polls;
    this.givenLimit = givenLimit;
    this.progress = progress;
    this.start = polls.time().nanoTime();
    this.delay = job.lastKnown().isPresent() ? polls.firstDelay() : Duration.ZERO;
  }

  /**
   * Returns how long to wait before the next poll; empty if there is nothing to wait for.
   *
   * @throws WaitTimeoutException if the poll would come after the limit
   */
  public Optional<Duration> untilNextPoll() {
    if (job.isFinished()) {
      return Optional.empty();
    }
    if (delay.compareTo(left()) >= 0) {
      throw stillRunning();
    }
    return Optional.of(delay);
  }

  /**
   * Polls once.
   *
   * @throws ElumentaException if that ends the wait
   */
  public void poll() {
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      throw stillRunning();
    }
    try {
      job.keep(polls.poll(job.id(), left));
    } catch (ElumentaException e) {
      afterFailure(e);
      return;
    }
    failure = null;
    failedPolls = 0;
    delay = polls.interval();
    job.lastKnown().filter(known -> known.getStatus() != null).ifPresent(this::report);
  }

  public Generation result() {
    return job.completed();
  }

  /** Ends the wait because the thread was interrupted or the client closed. */
  public CallInterruptedException interrupted(String phase) {
    return new CallInterruptedException(job.context().build(), phase, null);
  }

  private void afterFailure(ElumentaException e) {
    failedPolls++;
    if (!(e.isTransient() || isPageOfSomebodyElse(e))
        || failedPolls >= polls.options().maxFailedPolls()) {
      throw job.ended(e);
    }
    failure = e;
    delay = polls.waitAfter(e);
  }

  /** A gateway that shows its page once says nothing about the generation. */
  private static boolean isPageOfSomebodyElse(ElumentaException e) {
    return e instanceof UnexpectedResponseException page && page.foreignBody().isPresent();
  }

  /** What the application makes of it is its own affair, and ends no wait. */
  private void report(Generation known) {
    try {
      progress.accept(
          new JobProgress(
              job.id(),
              known.getStatus(),
              elapsed(),
              known.getProgress() == null
                  ? OptionalLong.empty()
                  : OptionalLong.of(known.getProgress()),
              Optional.ofNullable(known.getEtaSeconds()).map(JobWait::seconds)));
    } catch (RuntimeException e) {
      // As the contract of the listener says.
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  private Duration elapsed() {
    return Duration.ofNanos(polls.time().nanoTime() - start);
  }

  private Duration left() {
    Duration left = limit().minus(elapsed()).minus(waitedBefore);
    return atMost != null && atMost.remaining().compareTo(left) < 0 ? atMost.remaining() : left;
  }

  private Duration limit() {
    return givenLimit == null ? polls.limit(job.model()) : givenLimit;
  }

  private WaitTimeoutException stillRunning() {
    GenerationStatus status = job.lastKnown().map(Generation::getStatus).orElse(null);
    boolean isCut = atMost != null && atMost.limit().compareTo(limit()) < 0;
    Duration whole = isCut ? atMost.limit() : limit();
    return new WaitTimeoutException(
        job.context().elapsed(elapsed()).build(), job.id(), status, whole, failure);
  }

  public static boolean isFinished(TypedResponse<Generation> response) {
    return response != null && isFinished(response.body());
  }

  /** An answer that has a result and names no status is taken for finished. */
  public static boolean isFinished(Generation generation) {
    return generation.getStatus() == null
        ? generation.text().isPresent() || generation.fileUrl().isPresent()
        : generation.getStatus().isFinished();
  }
}
