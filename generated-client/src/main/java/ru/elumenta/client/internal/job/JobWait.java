package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.internal.call.CallerContext;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.ContextPropagation.Captured;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.UnexpectedResponseException;

/**
 * One wait for a job, from its start to its end; the same for a thread that sleeps between the
 * polls and for a timer. Used by one thread at a time, but for {@link #left} and {@link
 * #stillRunning}, which a timer may ask for meanwhile.
 */
public final class JobWait {
  /** For whoever does not want to know how far it is. */
  public static final Consumer<JobProgress> NOBODY = progress -> {};

  private final JobState job;
  private final GenerationPolls polls;
  private final Duration givenLimit; // null for that of the options
  private final Deadline atMost; // null for no other
  private final Duration waitedBefore;
  private final Consumer<? super JobProgress> progress;
  private final long start;
  private final JobReport report;
  private final Captured context;
  private Duration delay;
  private volatile ElumentaException failure; // read by a timer too
  private int failedPolls;
  private volatile int allPolls; // written by the thread that polls, read by whoever ends it
  private boolean isAnswered; // and the application was not told

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
    this.report = new JobReport(polls.listeners());
    this.context = polls.context().capture();
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
    report.started(job);
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
    allPolls++;
    report.pollStarted();
    try {
      job.keep(polls.poll(job.idToPoll(), left));
      isAnswered = true;
    } catch (ElumentaException e) {
      afterFailure(e);
      return;
    } finally {
      report.pollEnded(isAnswered ? progress() : Optional.empty());
    }
    failure = null;
    failedPolls = 0;
    delay = polls.interval();
  }

  /**
   * Tells the application how far it is, if the last poll was answered. A step of its own, so that
   * nothing of the client's is held by what the application makes of it.
   */
  public void tellProgress() {
    if (isAnswered) {
      isAnswered = false;
      progress().ifPresent(this::tell);
    }
  }

  boolean isProgressTold() {
    return progress != NOBODY;
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
    // An answer that cannot be read says nothing of the generation; the next one may.
    boolean mayPass =
        e.isTransient() || e instanceof ResponseFormatException || isPageOfSomebodyElse(e);
    if (!mayPass || failedPolls >= polls.options().maxFailedPolls()) {
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
  private void tell(JobProgress known) {
    try {
      progress.accept(known);
    } catch (RuntimeException e) {
      // As the contract of the listener says.
    }
  }

  private Optional<JobProgress> progress() {
    return job.lastKnown().filter(known -> known.getStatus() != null).map(this::progress);
  }

  private JobProgress progress(Generation known) {
    return new JobProgress(
        job.idToPoll(),
        known.getStatus(),
        elapsed(),
        known.getProgress() == null ? OptionalLong.empty() : OptionalLong.of(known.getProgress()),
        Optional.ofNullable(known.getEtaSeconds()).map(JobWait::seconds));
  }

  /** Tells the listeners that the wait has ended; a failure of null is a result. */
  void ended(Throwable failure) {
    report.ended(elapsed(), allPolls, failure);
  }

  /** Does something with the context of the thread that began the wait. */
  <T> T inContext(Supplier<T> work) {
    return CallerContext.within(context, work);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  private Duration elapsed() {
    return Duration.ofNanos(polls.time().nanoTime() - start);
  }

  /** Returns how long it may last from now on, negative if it is over. */
  Duration left() {
    Duration left = limit().minus(elapsed()).minus(waitedBefore);
    return atMost != null && atMost.remaining().compareTo(left) < 0 ? atMost.remaining() : left;
  }

  private Duration limit() {
    return givenLimit == null ? polls.limit(job.model()) : givenLimit;
  }

  /** The limit has come. */
  WaitTimeoutException stillRunning() {
    Generation last = job.lastKnown().orElse(null);
    boolean isCut = atMost != null && atMost.limit().compareTo(limit()) < 0;
    Duration whole = isCut ? atMost.limit() : limit();
    return new WaitTimeoutException(
        job.context().elapsed(elapsed()).rawBody(job.lastBody()).build(),
        job.idToPoll(),
        last,
        whole,
        failure);
  }
}
