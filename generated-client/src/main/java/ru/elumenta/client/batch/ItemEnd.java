package ru.elumenta.client.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.file.Replacement;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/** One item whose generation exists, or may: waits for it, fetches it, writes it down. */
final class ItemEnd {
  private static final Duration LONGEST_WAIT = Duration.ofHours(2);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOWNLOADS = 5;

  private final BatchWork work;
  private final Item item;
  private final long price;
  private final boolean isUnderWay;

  /**
   * Creates it.
   *
   * @param price what is reserved for it, negative if its price was not asked for
   * @param isUnderWay whether it was sent by this run
   */
  ItemEnd(BatchWork work, Item item, long price, boolean isUnderWay) {
    this.work = work;
    this.item = item;
    this.price = price;
    this.isUnderWay = isUnderWay;
  }

  private void settle(long cost) {
    if (isUnderWay) {
      work.purse.settle(Math.max(0, price), cost);
    } else {
      work.purse.correct(Math.max(0, price), cost);
    }
  }

  /** It is listed as open, and counts at its price. */
  void keepOpen(String why) {
    settle(Math.max(0, price));
    if (work.state.live(item.line()).filter(it -> it.phase() == LiveItem.Phase.SENT).isPresent()) {
      work.state.record('U', item.line());
    }
    work.open.put(item.line(), new BatchWork.OpenItem(item, why));
  }

  void fail(ItemFailure failure) {
    work.fail(item, failure, price);
    settle(failure.counted(price));
  }

  /** Takes up a generation that is known by its id. */
  void attach(LiveItem live) throws InterruptedException {
    GenerationId id = GenerationId.of(live.generation().orElseThrow());
    finish(work.elumenta.attach(id), null);
  }

  /**
   * Waits for it, and writes down what came of it.
   *
   * @param journal to be told then; null if it knows
   */
  void finish(GenerationJob job, @Nullable ItemJournal journal) throws InterruptedException {
    try {
      if (journal != null) {
        journal.tellAgain();
      }
      finish(job);
    } finally {
      if (journal != null && work.state.isSettled(item.line())) {
        journal.settle();
      } else if (journal != null) {
        journal.lose(work.options.time.now());
      }
    }
  }

  private void finish(GenerationJob job) throws InterruptedException {
    Generation generation;
    try {
      generation = awaited(job);
    } catch (GenerationFailedException e) {
      fail(ItemFailure.of(e, job.id().map(GenerationId::toString)));
      return;
    }
    if (generation == null || !isFetched(generation)) {
      if (isUnderWay && work.state.live(item.line()).isPresent()) {
        settle(Math.max(0, price)); // it goes on running
      }
      return;
    }
    long counted = generation.tokensCharged().orElse(Math.max(0, price));
    String file = work.state.live(item.line()).flatMap(LiveItem::file).orElse(null);
    work.complete(item, generation, counted, file);
    settle(counted);
  }

  /** Returns null if it is left alone. */
  private @Nullable Generation awaited(GenerationJob job) throws InterruptedException {
    long begun = work.options.time.nanoTime();
    while (!work.stopping.isLeaving()) {
      try {
        return job.await();
      } catch (GenerationFailedException e) {
        throw e;
      } catch (WaitTimeoutException e) {
        if (hasWaited(begun)) {
          return null;
        }
        work.gate.pass(work.stopping); // a window that is used up stops polls, too
      } catch (ElumentaException e) {
        if (isLeft(e)) {
          return null;
        }
        if (!e.isTransient() && !Failures.holdsBack(e, work) || hasWaited(begun)) {
          fail(ItemFailure.unclear(e, job.id().map(GenerationId::toString)));
          return null;
        }
        work.options.time.sleep(PAUSE);
      }
    }
    return null;
  }

  private boolean hasWaited(long begun) {
    return work.options.time.nanoTime() - begun >= LONGEST_WAIT.toNanos();
  }

  private boolean isLeft(ElumentaException e) {
    if (Failures.isRefusedIdentity(e)) {
      work.stopping.leave(BatchEnd.NOT_AUTHENTICATED, e.getMessage());
      return true;
    }
    if (e instanceof CallInterruptedException) {
      work.stopping.leave(BatchEnd.INTERRUPTED, null);
      return true;
    }
    return false;
  }

  /** Returns whether its file is there, if it has one. */
  private boolean isFetched(Generation generation) throws InterruptedException {
    Optional<String> url = generation.fileUrl();
    if (url.isEmpty() || !work.options.isDownloading || isThere()) {
      return true;
    }
    Path part = work.downloads.resolve(String.valueOf(item.line()));
    for (int round = 1; ; round++) {
      try {
        Optional<String> type =
            work.elumenta.download(generation).replacing().to(part).contentType();
        move(part, FileNames.of(item, url.get(), type, work.files));
        return true;
      } catch (ElumentaException e) {
        if (isLeft(e) || work.stopping.isLeaving()) {
          return false;
        }
        if (e instanceof DownloadFailedException failed
            && failed.reason() == DownloadFailedException.Reason.TARGET) {
          work.stopping.fail(e);
          return false;
        }
        if (!e.isTransient() || round >= MOST_DOWNLOADS) {
          fail(
              ItemFailure.notFetched(
                  e, generation, generation.identity().map(GenerationId::toString)));
          return false;
        }
        work.options.time.sleep(PAUSE);
      }
    }
  }

  /** Killed between the move and the result, it is there already. */
  private boolean isThere() {
    return work.state
        .live(item.line())
        .flatMap(LiveItem::file)
        .filter(name -> Files.exists(work.files.resolve(name)))
        .isPresent();
  }

  private void move(Path part, String name) {
    work.state.record('W', item.line(), StateRecord.word(name));
    Path file = work.files.resolve(name);
    try {
      Replacement.patiently(file, () -> Files.move(part, file));
    } catch (IOException e) {
      throw OutputFolder.failed(file, e);
    }
    OutputFolder.forceFolder(work.files);
  }
}
