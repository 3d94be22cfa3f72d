package ru.elumenta.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** The outcomes of several jobs in the order in which they end. */
final class JobOutcomes {
  private JobOutcomes() {}

  static Stream<JobOutcome> of(List<GenerationJob> jobs) {
    BlockingQueue<JobOutcome> ended = new LinkedBlockingQueue<>();
    List<CompletableFuture<Generation>> waits =
        jobs.stream()
            .map(
                job -> {
                  CompletableFuture<Generation> wait = job.awaitAsync();
                  wait.whenComplete(
                      (generation, failure) -> ended.add(outcome(job, generation, failure)));
                  return wait;
                })
            .toList();
    return Stream.generate(() -> take(ended))
        .limit(jobs.size())
        .onClose(() -> waits.forEach(wait -> wait.cancel(true)));
  }

  private static JobOutcome outcome(GenerationJob job, Generation generation, Throwable failure) {
    RuntimeException why =
        failure == null || failure instanceof RuntimeException
            ? (RuntimeException) failure
            : new IllegalStateException(failure);
    return new JobOutcome(job, Optional.ofNullable(generation), Optional.ofNullable(why));
  }

  private static JobOutcome take(BlockingQueue<JobOutcome> ended) {
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
