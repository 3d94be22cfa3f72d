package ru.elumenta.client;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * A generation that was created and may still be running. Thread-safe; several may wait for the
 * same job, each polling on its own.
 */
public final class GenerationJob {
  private final GenerationId id;
  private final String requestedModel; // null if it is not known
  private final GenerationPolls polls;

  private TypedResponse<Generation> latest; // guarded by this
  private boolean isUnknownStatusTold; // guarded by this

  private GenerationJob(
      GenerationId id,
      String requestedModel,
      GenerationPolls polls,
      TypedResponse<Generation> latest) {
    this.id = id;
    this.requestedModel = requestedModel;
    this.polls = polls;
    this.latest = latest;
  }

  static GenerationJob attached(GenerationId id, GenerationPolls polls) {
    return new GenerationJob(id, null, polls, null);
  }

  /** A job without an id can neither be polled nor found again, unless it is finished already. */
  static GenerationJob created(
      TypedResponse<Generation> response, String requestedModel, GenerationPolls polls) {
    Generation generation = response.body();
    if (generation.getId() == null && !JobWait.isFinished(generation)) {
      ErrorContext context =
          ErrorContext.builder("POST", "/generate")
              .status(response.status())
              .headers(response.headers())
              .rawBody(JsonCodec.membersOf(generation).toString())
              .occurredAt(polls.time().now())
              .build();
      throw new ResponseFormatException(context, "names no id to poll");
    }
    if (JobWait.isFinished(generation)) {
      polls.spending().add(generation);
    }
    return new GenerationJob(generation.getId(), requestedModel, polls, response);
  }

  /**
   * Returns the id to keep for {@link ElumentaClient#attach}; null only if the service finished the
   * generation at once and gave it none.
   */
  public GenerationId id() {
    return id;
  }

  /** Returns the generation as last seen; empty before the first poll of an attached job. */
  public Optional<Generation> lastKnown() {
    return Optional.ofNullable(latest()).map(TypedResponse::body);
  }

  /**
   * Asks the service once, with the client's retries.
   *
   * @return the generation as it is now; the answer of an already finished one is not asked for
   *     again
   */
  public Generation refresh() {
    TypedResponse<Generation> known = latest();
    return (JobWait.isFinished(known) ? known : keep(polls.poll(id))).body();
  }

  /**
   * Waits as long as the client's {@link PollingOptions#limit()}, for a video as long as its {@link
   * PollingOptions#videoLimit()}; see {@link #await(Duration)}.
   */
  public Generation await() {
    return await(new JobWait(this, polls, null, progress -> {}));
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
    return await(new JobWait(this, polls, Require.positive("limit", limit), progress));
  }

  /**
   * Waits for what is left of the options' limit.
   *
   * @param end another end, or null
   * @param waitedBefore what is used up of the limit
   */
  Generation awaitWithin(Deadline end, Duration waitedBefore) {
    return await(new JobWait(this, polls, null, end, waitedBefore, progress -> {}));
  }

  private Generation await(JobWait wait) {
    Optional<Duration> delay = wait.untilNextPoll();
    while (delay.isPresent()) {
      sleep(wait, delay.get());
      wait.poll();
      delay = wait.untilNextPoll();
    }
    return wait.result();
  }

  private void sleep(JobWait wait, Duration delay) {
    try {
      if (polls.pause().sleep(delay) == Pause.End.CLOSED) {
        throw wait.interrupted("because the client is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw wait.interrupted("between two polls");
    }
  }

  /** {@link #await()} without waiting for it; see {@link #awaitAsync(Duration, Consumer)}. */
  public CompletableFuture<Generation> awaitAsync() {
    return polls.timer().await(new JobWait(this, polls, null, progress -> {}));
  }

  /**
   * {@link #await(Duration)} without waiting for it; see {@link #awaitAsync(Duration, Consumer)}.
   */
  public CompletableFuture<Generation> awaitAsync(Duration limit) {
    return awaitAsync(limit, progress -> {});
  }

  /**
   * Waits without holding a thread: all jobs of a client are polled by a handful of them.
   *
   * @param limit how long to wait at the most
   * @param progress called on one of those threads, for each poll that was answered; what it throws
   *     is ignored
   * @return the completed generation; fails as {@link #await(Duration)} does. Cancelling it ends
   *     the wait; the generation goes on running
   */
  public CompletableFuture<Generation> awaitAsync(
      Duration limit, Consumer<? super JobProgress> progress) {
    Require.notNull("progress", progress);
    return polls
        .timer()
        .await(new JobWait(this, polls, Require.positive("limit", limit), progress));
  }

  private synchronized TypedResponse<Generation> latest() {
    return latest;
  }

  boolean isFinished() {
    return JobWait.isFinished(latest());
  }

  /** The slug of the model as the service or else the request named it; null if neither did. */
  String model() {
    return lastKnown().flatMap(Generation::modelName).orElse(requestedModel);
  }

  /** Keeps an answer unless a later one is known: a finished generation stays finished. */
  TypedResponse<Generation> keep(TypedResponse<Generation> answer) {
    GenerationStatus status = answer.body().getStatus();
    boolean isNews;
    TypedResponse<Generation> kept;
    synchronized (this) {
      if (!JobWait.isFinished(latest)) {
        latest = answer;
        if (JobWait.isFinished(answer)) {
          polls.spending().add(answer.body());
        }
      }
      kept = latest;
      isNews = status != null && !status.isKnown() && !isUnknownStatusTold;
      isUnknownStatusTold |= isNews;
    }
    if (isNews) {
      polls.tellUnknownStatus(id, status);
    }
    return kept;
  }

  /**
   * A failure that ends the wait. Its execution is that of the generation, not of the poll:
   * "nothing was executed" would invite to submit it again.
   */
  ElumentaException ended(ElumentaException failure) {
    failure.completeContext(
        context ->
            context
                .generationId(id.toString())
                .execution(execution())
                .remark("Waiting for the generation ended here; attach to it by its id."));
    return failure;
  }

  /** The service confirmed that the generation exists; an attached id may be any. */
  private Execution execution() {
    return latest() == null ? Execution.UNKNOWN : Execution.EXECUTED;
  }

  ErrorContext.Builder context() {
    return ErrorContext.builder("GET", "/generate/{generationId}")
        .occurredAt(polls.time().now())
        .generationId(id == null ? null : id.toString())
        .execution(execution());
  }

  /** The finished generation, or why there is none. */
  Generation completed() {
    TypedResponse<Generation> response = latest();
    Generation generation = response.body();
    if (!GenerationStatus.FAILED.equals(generation.getStatus())) {
      return generation;
    }
    ErrorContext context =
        context()
            .status(response.status())
            .headers(response.headers())
            .serverMessage(generation.getError())
            .execution(Execution.EXECUTED)
            .build();
    throw new GenerationFailedException(context, generation);
  }

  /** Shows the id and the status as last seen. */
  @Override
  public String toString() {
    return "GenerationJob[%s, %s]"
        .formatted(id, lastKnown().map(Generation::getStatus).orElse(null));
  }
}
