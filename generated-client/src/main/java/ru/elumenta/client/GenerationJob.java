package ru.elumenta.client;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.call.ResilientCalls;
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
  private static final String POLLED = "/generate/{generationId}";

  private final GenerationId id;
  private final GenerationsApi api;
  private final PollingOptions polling;
  private final TimeSource time;
  private volatile TypedResponse<Generation> latest;

  private GenerationJob(
      GenerationId id,
      GenerationsApi api,
      PollingOptions polling,
      TimeSource time,
      TypedResponse<Generation> latest) {
    this.id = id;
    this.api = api;
    this.polling = polling;
    this.time = time;
    this.latest = latest;
  }

  static GenerationJob attached(
      GenerationId id, GenerationsApi api, PollingOptions polling, TimeSource time) {
    return new GenerationJob(id, api, polling, time, null);
  }

  /** A job without an id can neither be polled nor found again, unless it is finished already. */
  static GenerationJob created(
      TypedResponse<Generation> response,
      GenerationsApi api,
      PollingOptions polling,
      TimeSource time) {
    Generation generation = response.body();
    if (generation.getId() == null && !isFinished(generation)) {
      ErrorContext context =
          ErrorContext.builder("POST", "/generate")
              .status(response.status())
              .headers(response.headers())
              .occurredAt(time.now())
              .build();
      throw new ResponseFormatException(context, "names no id to poll");
    }
    return new GenerationJob(generation.getId(), api, polling, time, response);
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
    return Optional.ofNullable(latest).map(TypedResponse::body);
  }

  /**
   * Asks the service once, with the client's retries.
   *
   * @return the generation as it is now; the answer of an already finished one is not asked for
   *     again
   */
  public Generation refresh() {
    if (latest == null || !isFinished(latest.body())) {
      latest = api.getGenerationWithResponse(id);
    }
    return latest.body();
  }

  /** Waits as long as the client's {@link PollingOptions#limit()}; see {@link #await(Duration)}. */
  public Generation await() {
    return await(polling.limit());
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
   * @throws CallInterruptedException if the thread is interrupted; the generation goes on running
   * @throws ElumentaException if a poll fails for good, for example with {@code not_found}
   */
  public Generation await(Duration limit) {
    Require.positive("limit", limit);
    long start = time.nanoTime();
    Duration wait = latest == null ? Duration.ZERO : polling.interval();
    ElumentaException failure = null;
    while (latest == null || !isFinished(latest.body())) {
      Duration left = limit.minusNanos(time.nanoTime() - start);
      if (wait.compareTo(left) >= 0) {
        throw stillRunning(limit, failure);
      }
      sleep(wait);
      try {
        latest = within(left.minus(wait)).getGenerationWithResponse(id);
        failure = null;
        wait = polling.interval();
      } catch (ElumentaException e) {
        failure = e;
        wait = waitAfter(e);
      }
    }
    return completed(latest);
  }

  private GenerationsApi within(Duration limit) {
    return ResilientCalls.within(limit, GenerationsApi.class, api);
  }

  /** The service's wish or the interval, whichever is longer; a failure for good ends the wait. */
  private Duration waitAfter(ElumentaException failure) {
    if (!failure.isTransient()) {
      failure.completeContext(
          context ->
              context
                  .generationId(id.toString())
                  .remark("Waiting for the generation ended here; attach to it by its id."));
      throw failure;
    }
    Duration told = failure.retryAfter().orElse(Duration.ZERO);
    return told.compareTo(polling.interval()) > 0 ? told : polling.interval();
  }

  private void sleep(Duration wait) {
    try {
      if (!wait.isZero()) {
        time.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(context().build(), "between two polls", null);
    }
  }

  private WaitTimeoutException stillRunning(Duration limit, ElumentaException failure) {
    GenerationStatus status = latest == null ? null : latest.body().getStatus();
    return new WaitTimeoutException(context().elapsed(limit).build(), id, status, limit, failure);
  }

  private ErrorContext.Builder context() {
    return ErrorContext.builder("GET", POLLED)
        .occurredAt(time.now())
        .generationId(id == null ? null : id.toString())
        .execution(Execution.EXECUTED);
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
            .build();
    throw new GenerationFailedException(context, generation);
  }

  private static boolean isFinished(Generation generation) {
    return generation.getStatus() != null && generation.getStatus().isFinished();
  }
}
