package ru.elumenta.client;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * A generation that was created and may still be running. Thread-safe; several threads may wait for
 * the same job, each polling on its own.
 */
public final class GenerationJob {
  private final GenerationId id;
  private final GenerationPolls polls;

  private TypedResponse<Generation> latest; // guarded by this

  private GenerationJob(GenerationId id, GenerationPolls polls, TypedResponse<Generation> latest) {
    this.id = id;
    this.polls = polls;
    this.latest = latest;
  }

  static GenerationJob attached(GenerationId id, GenerationPolls polls) {
    return new GenerationJob(id, polls, null);
  }

  /** A job without an id can neither be polled nor found again, unless it is finished already. */
  static GenerationJob created(TypedResponse<Generation> response, GenerationPolls polls) {
    Generation generation = response.body();
    if (generation.getId() == null && !isFinished(generation)) {
      ErrorContext context =
          ErrorContext.builder("POST", "/generate")
              .status(response.status())
              .headers(response.headers())
              .rawBody(JsonCodec.membersOf(generation).toString())
              .occurredAt(polls.time().now())
              .build();
      throw new ResponseFormatException(context, "names no id to poll");
    }
    return new GenerationJob(generation.getId(), polls, response);
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
    return (isFinished(known) ? known : keep(polls.poll(id))).body();
  }

  /** Waits as long as the client's {@link PollingOptions#limit()}; see {@link #await(Duration)}. */
  public Generation await() {
    return await(polls.options().limit());
  }

  /**
   * Waits until the generation is finished; returns at once if it is known to be.
   *
   * <p>Polls at the interval of the client's {@link PollingOptions}, later if the service asks for
   * it. A poll that fails for a passing reason does not end the wait. A poll that could not be made
   * within the limit is not waited for.
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
    Require.positive("limit", limit);
    long start = polls.time().nanoTime();
    TypedResponse<Generation> known = latest();
    Duration wait = known == null ? Duration.ZERO : polls.options().interval();
    ElumentaException failure = null;
    while (!isFinished(known)) {
      if (wait.compareTo(left(limit, start)) >= 0) {
        throw stillRunning(limit, known, failure);
      }
      sleep(wait);
      Duration left = left(limit, start);
      if (left.isNegative() || left.isZero()) {
        throw stillRunning(limit, known, failure);
      }
      try {
        known = keep(polls.poll(id, left));
        failure = null;
        wait = polls.options().interval();
      } catch (ElumentaException e) {
        failure = passing(e);
        wait = polls.waitAfter(e);
      }
    }
    return completed(known);
  }

  private Duration left(Duration limit, long start) {
    return limit.minusNanos(polls.time().nanoTime() - start);
  }

  private synchronized TypedResponse<Generation> latest() {
    return latest;
  }

  /** Keeps an answer unless a later one is known: a finished generation stays finished. */
  private synchronized TypedResponse<Generation> keep(TypedResponse<Generation> answer) {
    if (!isFinished(latest)) {
      latest = answer;
    }
    return latest;
  }

  /**
   * A failure for good ends the wait. Its execution is that of the generation, not of the poll:
   * "nothing was executed" would invite to submit it again.
   */
  private ElumentaException passing(ElumentaException failure) {
    if (failure.isTransient()) {
      return failure;
    }
    failure.completeContext(
        context ->
            context
                .generationId(id.toString())
                .execution(execution())
                .remark("Waiting for the generation ended here; attach to it by its id."));
    throw failure;
  }

  /** The service confirmed that the generation exists; an attached id may be any. */
  private Execution execution() {
    return latest() == null ? Execution.UNKNOWN : Execution.EXECUTED;
  }

  private void sleep(Duration wait) {
    try {
      if (polls.pause().sleep(wait) == Pause.End.CLOSED) {
        throw new CallInterruptedException(context().build(), "because the client is closed", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(context().build(), "between two polls", null);
    }
  }

  private WaitTimeoutException stillRunning(
      Duration limit, TypedResponse<Generation> known, ElumentaException failure) {
    GenerationStatus status = known == null ? null : known.body().getStatus();
    return new WaitTimeoutException(context().elapsed(limit).build(), id, status, limit, failure);
  }

  private ErrorContext.Builder context() {
    return ErrorContext.builder("GET", "/generate/{generationId}")
        .occurredAt(polls.time().now())
        .generationId(id == null ? null : id.toString())
        .execution(execution());
  }

  private Generation completed(TypedResponse<Generation> response) {
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

  private static boolean isFinished(TypedResponse<Generation> response) {
    return response != null && isFinished(response.body());
  }

  /** An answer that has a result and names no status is taken for finished. */
  private static boolean isFinished(Generation generation) {
    return generation.getStatus() == null
        ? generation.text().isPresent() || generation.fileUrl().isPresent()
        : generation.getStatus().isFinished();
  }
}
