package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, some of them interrupted, on one file that is replaced again and again. */
class JournalThreadsTest {
  private static final int THREADS = 12;
  private static final int CALLS_EACH = 60;

  @TempDir private Path folder;
  private final Set<String> left = ConcurrentHashMap.newKeySet();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  @Test
  void everyCallIsListedUntilItIsClosed() throws Exception {
    Path file = folder.resolve("calls.journal");
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (FileCallJournal journal = FileCallJournal.at(file, 30_000)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        ends.add(pool.submit(() -> makeCalls(journal, random)));
      }
      for (Future<?> end : ends) {
        end.get(120, TimeUnit.SECONDS);
      }
      assertThat(Calls.ids(journal.openCalls())).containsExactlyInAnyOrderElementsOf(left);
    } finally {
      pool.shutdownNow();
    }
    try (FileCallJournal again = FileCallJournal.at(file)) {
      Set<String> listed = new HashSet<>(Calls.ids(again.openCalls()));
      assertThat(listed).isEqualTo(left).doesNotContainAnyElementsOf(settled);
    }
  }

  private void makeCalls(FileCallJournal journal, Random random) {
    for (int i = 0; i < CALLS_EACH; i++) {
      OpenCall call = Calls.image();
      if (random.nextInt(10) == 0) {
        openInterrupted(journal, call);
        continue;
      }
      journal.open(call, Calls.PATIENCE);
      if (random.nextInt(4) == 0) {
        left.add(call.id());
      } else {
        journal.close(call.id(), CallOutcome.answered("gen_" + call.id()));
        settled.add(call.id());
      }
    }
  }

  /** As of a call that is cancelled in the midst of it: it is not sent, and not listed. */
  private void openInterrupted(FileCallJournal journal, OpenCall call) {
    Thread.currentThread().interrupt();
    try {
      journal.open(call, Calls.PATIENCE);
      left.add(call.id());
    } catch (JournalException e) {
      settled.add(call.id());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
