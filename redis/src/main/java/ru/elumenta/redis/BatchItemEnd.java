package ru.elumenta.redis;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.redis.BatchOutcome.Status;
import ru.elumenta.redis.SharedItems.Step;
import ru.elumenta.redis.TakenItem.State;

/** Waits for what an item makes, and writes down what became of it. Used by one thread. */
final class BatchItemEnd {
  private static final Duration LONGEST_WAIT = Duration.ofHours(2);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BatchWorker worker;
  private final SharedItems items;
  private final ElumentaCalls elumenta;
  private final TakenItem item;
  private final long price;

  /**
   * Creates it.
   *
   * @param price what is reserved for it, negative if its price was not asked for
   */
  BatchItemEnd(BatchWorker worker, TakenItem item, long price) {
    this.worker = worker;
    this.items = worker.items();
    this.elumenta = worker.elumenta();
    this.item = item;
    this.price = price;
  }

  /** It is listed as open, and counts at its price. */
  void leaveOpen(String call) throws InterruptedException {
    worker.patiently(() -> items.mark(item, Step.LEAVE, call, worker.timeout()));
  }

  /** Takes up a generation that is known by its id. */
  void attach(State state) throws InterruptedException {
    SharedItemJournal journal =
        new SharedItemJournal(elumenta.journal(), items, item, state.call());
    finish(elumenta.attach(GenerationId.of(state.generation())), journal);
  }

  /** Waits for it, and writes down what came of it. */
  void finish(GenerationJob job, SharedItemJournal journal) throws InterruptedException {
    long begun = worker.time().nanoTime();
    while (!worker.isStopping()) {
      try {
        complete(job.await(), journal.callId());
        settle(journal);
        return;
      } catch (GenerationFailedException e) {
        fail(e, journal.callId());
        settle(journal);
        return;
      } catch (ElumentaException e) {
        if (worker.stopsFor(e)) {
          return;
        }
        boolean isLong = worker.time().nanoTime() - begun >= LONGEST_WAIT.toNanos();
        boolean mayPass =
            e instanceof WaitTimeoutException || e.isTransient() || BatchWorker.holdsBack(e);
        if (isLong || !mayPass) { // what it cost nobody knows
          fail(reason(e), e.getMessage(), OptionalLong.empty(), journal.callId());
          settle(journal);
          return;
        }
        worker.sleep(e.retryAfter().orElse(PAUSE));
      }
    }
  }

  private void settle(SharedItemJournal journal) throws InterruptedException {
    worker.patiently(
        () -> {
          journal.settle();
          return true;
        });
  }

  private void complete(Generation made, String call) throws InterruptedException {
    end(
        new BatchOutcome(
            item.item().id(),
            Status.COMPLETED,
            made.identity().map(GenerationId::toString),
            made.tokensCharged(),
            made.tokensCharged().orElse(Math.max(0, price)),
            made.text(),
            made.fileUrl(),
            Optional.empty(),
            Optional.empty()),
        call);
  }

  /** It was never sent, and will not be. */
  void refuse(String reason, String message) throws InterruptedException {
    fail(reason, message, OptionalLong.of(0), "");
  }

  void fail(ElumentaException e, String call) throws InterruptedException {
    OptionalLong charged = OptionalLong.empty();
    String reason = reason(e);
    if (e instanceof GenerationFailedException failed) { // documented as free
      charged = OptionalLong.of(failed.generation().tokensCharged().orElse(0));
      reason = failed.reason().name().toLowerCase(Locale.ROOT);
    } else if (e.execution() == Execution.NOT_EXECUTED) {
      charged = OptionalLong.of(0);
    }
    fail(reason, e.getMessage(), charged, call);
  }

  private static String reason(ElumentaException e) {
    return e.context().rawCode().orElse(e.getClass().getSimpleName());
  }

  private void fail(String reason, String message, OptionalLong charged, String call)
      throws InterruptedException {
    end(
        new BatchOutcome(
            item.item().id(),
            Status.FAILED,
            Optional.empty(),
            charged,
            charged.orElse(Math.max(0, price)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(reason),
            Optional.ofNullable(message)),
        call);
  }

  private void end(BatchOutcome outcome, String call) throws InterruptedException {
    boolean isNew = worker.patiently(() -> items.end(item, call, outcome));
    if (isNew && outcome.status() == Status.COMPLETED) {
      worker.completed();
    }
  }
}
