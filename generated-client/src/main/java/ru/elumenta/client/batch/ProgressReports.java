package ru.elumenta.client.batch;

import java.time.Instant;
import java.util.Optional;
import ru.elumenta.client.batch.LiveItem.Phase;

/** Tells a listener four times a second how far a run is, and in the end what came of it. */
final class ProgressReports implements AutoCloseable {
  private static final long INTERVAL = 250; // milliseconds

  private final BatchWork work;
  private final long total;
  private final Thread thread = new Thread(this::run, "elumenta-batch-progress");

  ProgressReports(BatchWork work, long total) {
    this.work = work;
    this.total = total;
    work.gate.whenClosed(this::tell);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        tell();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      // It is over.
    }
  }

  private synchronized void tell() {
    BatchProgress progress = progress();
    try {
      work.options.listener.progressed(progress);
    } catch (RuntimeException e) {
      // As the contract of the listener says.
    }
  }

  private BatchProgress progress() {
    Optional<Instant> waiting = work.gate.closedUntil();
    double perMinute = work.meter.perMinute();
    return work.state.look(
        image -> {
          long completed = image.completed.cardinality();
          long failed = image.failed.cardinality();
          long open = image.count(Phase.OPEN);
          return new BatchProgress(
              total,
              completed,
              failed,
              open,
              image.count(Phase.SENT, Phase.CREATED),
              image.tokensSpent,
              image.tokensReserved(),
              perMinute,
              waiting,
              work.meter.end(Math.max(0, total - completed - failed - open)));
        });
  }

  BatchReport report() {
    return work.state.look(
        image -> {
          long completed = image.completed.cardinality();
          long failed = image.failed.cardinality();
          long open = image.count(Phase.OPEN, Phase.SENT);
          long running = image.count(Phase.CREATED);
          long waiting = total - completed - failed - open - running;
          return new BatchReport(
              end(running, waiting),
              total,
              completed,
              failed,
              open,
              running,
              waiting,
              work.completed.get(),
              image.tokensSpent,
              image.tokensOfFailures,
              image.tokensReserved(),
              work.stopping.problem().or(() -> Optional.ofNullable(work.lack)));
        });
  }

  private BatchEnd end(long running, long waiting) {
    return work.stopping
        .end()
        .orElse(
            waiting > 0 && work.lack != null
                ? BatchEnd.INSUFFICIENT_TOKENS
                : running > 0 ? BatchEnd.STILL_RUNNING : BatchEnd.FINISHED);
  }

  /** Tells it for the last time. */
  @Override
  public void close() {
    thread.interrupt();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    tell();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
