package ru.elumenta.client.internal.job;

import feign.TypedResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.internal.call.AnswerNote;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * What is known of a generation that was created: its id and its latest answer. Thread-safe; any
 * number of waits may share one.
 */
public final class JobState {
  private final GenerationId id; // null only if it was finished at once and given none
  private final String requestedModel; // null if it is not known
  private final GenerationPolls polls;

  private SeenGeneration latest; // guarded by this
  private boolean isUnknownStatusTold; // guarded by this

  private JobState(
      GenerationId id, String requestedModel, GenerationPolls polls, SeenGeneration latest) {
    this.id = id;
    this.requestedModel = requestedModel;
    this.polls = polls;
    this.latest = latest;
  }

  /** Returns the state of a generation of which only the id is known. */
  public static JobState attached(GenerationId id, GenerationPolls polls) {
    return new JobState(id, null, polls, null);
  }

  /** What is unfinished has an id: a call that was answered otherwise did not succeed. */
  public static JobState created(
      Generation generation, AnswerNote note, String requestedModel, GenerationPolls polls) {
    AnswerNote.Answer answer = note.of(generation);
    GenerationId id = generation.identity().orElse(null);
    polls.spending().addIfFinished(generation, requestedModel);
    return new JobState(
        id,
        requestedModel,
        polls,
        SeenGeneration.of(generation, answer.status(), answer.headers()));
  }

  /** Returns the id; empty only if the service finished the generation at once and gave it none. */
  public Optional<GenerationId> id() {
    return Optional.ofNullable(id);
  }

  /** Returns what an unfinished generation is asked for by; it has an id. */
  GenerationId idToPoll() {
    return Objects.requireNonNull(id, "id of an unfinished generation");
  }

  /** Returns the generation as last seen. */
  public Optional<Generation> lastKnown() {
    return Optional.ofNullable(latest()).map(SeenGeneration::generation);
  }

  /** Asks the service once, unless the generation is known to be finished. */
  public Generation refresh() {
    SeenGeneration known = latest();
    return isFinished(known) ? known.generation() : keep(polls.poll(idToPoll()));
  }

  /**
   * Waits on this thread.
   *
   * @param limit how long; null for that of the options
   */
  public Generation await(Duration limit, Consumer<? super JobProgress> progress) {
    return await(new JobWait(this, polls, limit, progress));
  }

  /**
   * Waits for what is left of the options' limit, or of the call if its time spans waiting.
   *
   * @param waitedBefore what is used up of the limit
   */
  public Generation awaitWithin(CallTerms terms, Duration waitedBefore) {
    Deadline end = terms.spansWaiting() ? terms.deadline() : null;
    return await(new JobWait(this, polls, null, end, waitedBefore, progress -> {}));
  }

  /** Waits without holding a thread. */
  public CompletableFuture<Generation> awaitAsync(
      Duration limit, Consumer<? super JobProgress> progress) {
    return polls.timer().await(new JobWait(this, polls, limit, progress));
  }

  private Generation await(JobWait wait) {
    try {
      Generation result = awaited(wait);
      wait.ended(null);
      return result;
    } catch (Throwable e) {
      wait.ended(e);
      throw e;
    }
  }

  private Generation awaited(JobWait wait) {
    Optional<Duration> delay = wait.untilNextPoll();
    while (delay.isPresent()) {
      sleep(wait, delay.get());
      wait.poll();
      wait.tellProgress();
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

  private synchronized SeenGeneration latest() {
    return latest;
  }

  boolean isFinished() {
    return isFinished(latest());
  }

  private static boolean isFinished(SeenGeneration seen) {
    return seen != null && seen.isFinished();
  }

  /** The slug of the model as the service or else the request named it; null if neither did. */
  String model() {
    return lastKnown().flatMap(Generation::modelName).orElse(requestedModel);
  }

  /** Keeps an answer unless a later one is known: a finished generation stays finished. */
  Generation keep(TypedResponse<Generation> answer) {
    GenerationStatus status = answer.body().getStatus();
    boolean isNews;
    boolean isEnd = false;
    Generation kept;
    synchronized (this) {
      if (!isFinished(latest)) {
        latest = SeenGeneration.of(answer);
        isEnd = latest.isFinished();
      }
      kept = latest.generation();
      isNews = status != null && !status.isKnown() && !isUnknownStatusTold;
      isUnknownStatusTold |= isNews;
    }
    if (isEnd) {
      polls.spending().addIfFinished(kept, requestedModel);
    }
    if (isNews) {
      polls.listeners().tell(told -> told.unknownStatus(id, status));
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
                .generationId(idToPoll().toString())
                .execution(execution())
                .remark("Waiting for the generation ended here; attach to it by its id."));
    return failure;
  }

  /** The service confirmed that the generation exists; an attached id may be any. */
  private Execution execution() {
    return latest() == null ? Execution.UNKNOWN : Execution.EXECUTED;
  }

  /** The latest answer as it came; null if there is none. */
  String lastBody() {
    return lastKnown().flatMap(Generation::receivedBody).orElse(null);
  }

  private static String words(Generation generation) {
    String error = generation.getError();
    boolean isSilent = error == null || error.isBlank();
    return isSilent && !GenerationStatus.FAILED.equals(generation.getStatus())
        ? "It ended without a result; its status is " + generation.getStatus()
        : error;
  }

  ErrorContext.Builder context() {
    return ErrorContext.builder("GET", "/generate/{generationId}")
        .occurredAt(polls.time().now())
        .generationId(id().map(GenerationId::toString).orElse(null))
        .execution(execution());
  }

  /** The finished generation, or why there is none. */
  Generation completed() {
    SeenGeneration seen = latest();
    Generation generation = seen.generation();
    if (!generation.isFailed()) {
      return generation;
    }
    ErrorContext context =
        context()
            .status(seen.status())
            .headers(seen.headers())
            .rawBody(lastBody())
            .serverMessage(words(generation))
            .execution(Execution.EXECUTED)
            .build();
    throw new GenerationFailedException(context, generation);
  }
}
