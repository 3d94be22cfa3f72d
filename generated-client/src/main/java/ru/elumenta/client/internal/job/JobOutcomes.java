package ru.elumenta.client.internal.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** The outcomes of several jobs in the order in which they end. */
public final class JobOutcomes {
  private JobOutcomes() {}

  /** Makes an outcome of how a job ended. */
  @FunctionalInterface
  public interface Ended<J, O> {
    /** Either the generation or the failure is there. */
    O outcome(J job, Optional<Generation> generation, Optional<RuntimeException> failure);
  }

  /**
   * Waits for all of them.
   *
   * @param await how a job is waited for
   * @param ended what is made of its end
   */
  public static <J, O> Stream<O> of(
      List<J> jobs, Function<J, CompletableFuture<Generation>> await, Ended<J, O> ended) {
    BlockingQueue<O> outcomes = new LinkedBlockingQueue<>();
    List<CompletableFuture<Generation>> waits =
        jobs.stream()
            .map(
                job -> {
                  CompletableFuture<Generation> wait = await.apply(job);
                  wait.whenComplete(
                      (generation, failure) ->
                          outcomes.add(
                              ended.outcome(
                                  job, Optional.ofNullable(generation), unchecked(failure))));
                  return wait;
                })
            .toList();
    return Stream.generate(() -> take(outcomes))
        .limit(jobs.size())
        .onClose(() -> waits.forEach(wait -> wait.cancel(true)));
  }

  private static Optional<RuntimeException> unchecked(Throwable failure) {
    return failure == null || failure instanceof RuntimeException
        ? Optional.ofNullable((RuntimeException) failure)
        : Optional.of(new IllegalStateException(failure));
  }

  private static <O> O take(BlockingQueue<O> ended) {
    try {
      return ended.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ErrorContext context =
          ErrorContext.builder("GET", "/generate/{generationId}")
              .execution(Execution.EXECUTED)
              .build();
      throw new CallInterruptedException(context, "while waiting for the next job to end", null);
    }
  }
}
