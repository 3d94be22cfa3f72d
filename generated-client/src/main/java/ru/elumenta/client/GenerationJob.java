package ru.elumenta.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.internal.job.JobState;
import ru.elumenta.client.internal.job.JobWait;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/**
 * A generation that was created and may still be running. Thread-safe; several may wait for the
 * same job, each polling on its own.
 */
public final class GenerationJob {
  private final JobState state;

  GenerationJob(JobState state) {
    this.state = state;
  }

  /**
   * Returns the id to keep for {@link ElumentaClient#attach}. A generation that may still be
   * running has one; empty only if the service finished it at once and gave it none, so that its
   * result is here and nowhere else: {@link #await()} returns it without a request.
   */
  public Optional<GenerationId> id() {
    return state.id();
  }

  /** Returns the generation as last seen; empty before the first poll of an attached job. */
  public Optional<Generation> lastKnown() {
    return state.lastKnown();
  }

  /**
   * Asks the service once, with the client's retries.
   *
   * @return the generation as it is now; the answer of an already finished one is not asked for
   *     again
   */
  public Generation refresh() {
    return state.refresh();
  }

  /**
   * Waits as long as the client's {@link PollingOptions#limit()}, for a video as long as its {@link
   * PollingOptions#videoLimit()}; see {@link #await(Duration)}.
   */
  public Generation await() {
    return state.await(null, progress -> {});
  }

  /**
   * Waits until the generation is finished; returns at once if it is known to be.
   *
   * <p>Polls at the interval of the client's {@link PollingOptions}, later if the service asks for
   * it. A poll that fails for a passing reason does not end the wait, unless too many do in a row.
   * A poll that could not be made within the limit is not waited for.
   *
   * @param limit how long to wait at the most
   * @return the completed generation
   * @throws GenerationFailedException if the service reports {@code status: failed}
   * @throws WaitTimeoutException if it is unfinished at the limit; it goes on running
   * @throws CallInterruptedException if the thread is interrupted or the client closed; the
   *     generation goes on running
   * @throws ElumentaException if a poll fails for good, for example with {@code not_found}
   */
  public Generation await(Duration limit) {
    return await(limit, progress -> {});
  }

  /**
   * {@link #await(Duration)}, told of each poll that was answered.
   *
   * @param progress called on the waiting thread; what it throws is ignored
   */
  public Generation await(Duration limit, Consumer<? super JobProgress> progress) {
    Require.notNull("progress", progress);
    return state.await(Require.positive("limit", limit), progress);
  }

  /** {@link #await()} without waiting for it; see {@link #awaitAsync(Duration, Consumer)}. */
  public CompletableFuture<Generation> awaitAsync() {
    return state.awaitAsync(null, JobWait.NOBODY);
  }

  /**
   * {@link #await(Duration)} without waiting for it; see {@link #awaitAsync(Duration, Consumer)}.
   */
  public CompletableFuture<Generation> awaitAsync(Duration limit) {
    return awaitAsync(limit, JobWait.NOBODY);
  }

  /**
   * Waits without holding a thread between two polls. The limit holds whatever polls do, of this
   * job or of others, unless the client has a time source of its own: then it is looked at between
   * the polls.
   *
   * @param limit how long to wait at the most
   * @param progress called on a thread of the client's, for each poll that was answered; what it
   *     throws is ignored, and while it runs only this job is not polled
   * @return the completed generation; fails as {@link #await(Duration)} does. What is hung on it
   *     runs on a thread of the client's and delays no other job. Cancelling it ends the wait; the
   *     generation goes on running
   */
  public CompletableFuture<Generation> awaitAsync(
      Duration limit, Consumer<? super JobProgress> progress) {
    Require.notNull("progress", progress);
    return state.awaitAsync(Require.positive("limit", limit), progress);
  }

  /** Shows the id, if there is one, and the status as last seen. */
  @Override
  public String toString() {
    return "GenerationJob[%s, %s]"
        .formatted(
            state.id().map(GenerationId::toString).orElse("without id"),
            lastKnown().map(Generation::getStatus).orElse(null));
  }
}
