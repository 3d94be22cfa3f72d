package ru.elumenta.client.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.batch.LiveItem.Phase;
import ru.elumenta.client.journal.CallOutcome;

/** One run of a batch, in its order. */
final class BatchRun {
  private final BatchOptions options;
  private final OutputFolder folder;
  private final BatchState state;

  private BatchRun(BatchOptions options, OutputFolder folder, BatchState state) {
    this.options = options;
    this.folder = folder;
    this.state = state;
  }

  static BatchReport run(BatchOptions options) {
    try (OutputFolder folder = OutputFolder.hold(options.output);
        BatchState state = BatchState.read(folder.state())) {
      return new BatchRun(options, folder, state).run();
    } catch (IOException e) {
      throw OutputFolder.failed(options.output, e);
    }
  }

  static BatchPrice price(BatchOptions options) {
    return BatchPricing.price(options);
  }

  private BatchReport run() throws IOException {
    Preparation preparation = new Preparation(options, folder, state);
    long total = preparation.check();
    Preparation.Ends ends = preparation.repair();
    try (LineFile results = LineFile.open(folder.results(), ends.results());
        LineFile failures = LineFile.open(folder.failures(), ends.failures());
        ItemSource source = new ItemSource(options, total)) {
      BatchWork work =
          new BatchWork(options, state, results, failures, folder.files(), folder.downloads());
      work.readJournal();
      forgetWhatWasNeverSent(work);
      ProgressReports reports = new ProgressReports(work, total);
      boolean wasInterrupted;
      try (reports) {
        wasInterrupted = runAll(work, () -> source.next(state, work.stopping));
        if (!work.stopping.isLeaving() && !work.open.isEmpty()) {
          work.readJournal();
          Iterator<BatchWork.OpenItem> again = List.copyOf(work.open.values()).iterator();
          wasInterrupted |= runAll(work, () -> nextOf(again));
        }
      }
      OpenItems.write(folder.openItems(), work);
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
      work.stopping.throwIfFailed();
      return reports.report();
    }
  }

  private static @Nullable Item nextOf(Iterator<BatchWork.OpenItem> items) {
    synchronized (items) {
      return items.hasNext() ? items.next().item() : null;
    }
  }

  /** A call that the state names and does not say to be sent never left. */
  private void forgetWhatWasNeverSent(BatchWork work) {
    List<LiveItem> never =
        state.look(
            image -> image.live.values().stream().filter(it -> it.phase() == Phase.ABOUT).toList());
    for (LiveItem each : never) {
      if (work.lostCall(each.callId()).isPresent()) {
        work.elumenta.journal().close(each.callId(), CallOutcome.notExecuted());
      }
      state.record('N', each.line());
    }
  }

  /** Returns whether the calling thread was interrupted meanwhile. */
  private boolean runAll(BatchWork work, Supplier<@Nullable Item> next) {
    List<Thread> threads = new ArrayList<>();
    for (int number = 1; number <= options.parallel; number++) {
      Thread thread = new Thread(() -> work(work, next), "elumenta-batch-" + number);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    boolean wasInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          if (wasInterrupted) { // twice: requests under way are given up, and listed as open
            threads.forEach(Thread::interrupt);
          }
          wasInterrupted = true;
          work.stopping.leave(BatchEnd.INTERRUPTED, null);
        }
      }
    }
    return wasInterrupted;
  }

  private static void work(BatchWork work, Supplier<@Nullable Item> next) {
    work.stopping.entered();
    try {
      for (Item item = next.get(); item != null; item = next.get()) {
        new ItemRun(work, item).run();
      }
    } catch (InterruptedException e) {
      work.stopping.leave(BatchEnd.INTERRUPTED, null);
    } catch (RuntimeException e) {
      work.stopping.fail(e);
    } catch (Error e) {
      work.stopping.fail(new IllegalStateException("The batch broke off.", e));
    } finally {
      work.stopping.left();
    }
  }
}
