package ru.elumenta.client.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One journal in one JVM, for all that use it there. One thread does what they ask, as much as has
 * come together in one go: they share the turn among the processes, the write and the way to the
 * disk. That thread is nobody's, because an interrupt in the midst of writing closes the file.
 */
final class JournalFile {
  /** Some 15 MB in memory. */
  private static final int MOST_CLAIMS = 20_000;

  private static final int TYPICAL_OPEN_LINE = 1000;
  private static final int TYPICAL_CLAIM_LINE = 160;

  /** POSIX locks belong to a process and a file, so in a process a file is opened once. */
  private static final Map<Path, JournalFile> IN_THIS_JVM = new HashMap<>(); // guarded by itself

  private final Path file;
  private final ConcurrentLinkedQueue<JournalRequest<?>> queue = new ConcurrentLinkedQueue<>();
  private final ThreadPoolExecutor worker;
  private int users; // guarded by IN_THIS_JVM

  // Used by the worker alone:
  private @Nullable ProcessLocks locks; // null until they are needed, and after a failure
  private final RecordFile records;
  private @Nullable JournalState state;
  private long leastToReplace;

  private JournalFile(Path file, long leastToReplace) {
    this.file = file;
    this.leastToReplace = leastToReplace;
    this.records = new RecordFile(file);
    this.worker =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), JournalFile::thread);
    worker.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "elumenta-call-journal");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns that of a file; to be released as often. Creates the folder. */
  static JournalFile of(Path file, long leastToReplace) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new JournalProblem("is a folder", "Name a file in it.");
    }
    Files.createDirectories(folder);
    Path real =
        Files.exists(absolute)
            ? absolute.toRealPath() // a link stays a link
            : folder.toRealPath().resolve(absolute.getFileName());
    if (Files.isDirectory(real)) {
      throw new JournalProblem("is a folder", "Name a file in it.");
    }
    while (true) {
      JournalFile shared;
      synchronized (IN_THIS_JVM) {
        shared = IN_THIS_JVM.computeIfAbsent(real, path -> new JournalFile(path, leastToReplace));
        if (!shared.worker.isShutdown()) {
          shared.users++;
          return shared;
        }
      }
      if (!shared.hasLetGo()) {
        throw new JournalProblem("is still being closed", "It is safe to try again.");
      }
    }
  }

  /** Ends the use by one; the last one's end lets others see that its calls are nobody's. */
  void release() {
    synchronized (IN_THIS_JVM) {
      users--;
      if (users > 0) {
        return;
      }
      worker.execute(this::letGo);
      worker.shutdown();
    }
    hasLetGo();
  }

  /** Waits for the end of its thread, and then makes room for a successor. */
  private boolean hasLetGo() {
    boolean wasInterrupted = Thread.interrupted();
    boolean hasEnded = false;
    try {
      hasEnded = worker.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (hasEnded) {
      synchronized (IN_THIS_JVM) {
        IN_THIS_JVM.remove(file, this);
      }
    }
    return hasEnded;
  }

  /**
   * Has something done, together with what others ask for meanwhile.
   *
   * @throws RejectedExecutionException if nobody uses the file any more
   */
  void submit(JournalRequest<?> request) {
    queue.add(request);
    worker.execute(this::work);
  }

  /** Returns the owner of the calls of this JVM; for the worker. */
  long owner() {
    return locks.owner();
  }

  /** Returns whether the process of an owner lives; for the worker. */
  boolean isAlive(long other) {
    return locks.isAlive(other);
  }

  /** Does all that has come together. */
  private void work() {
    List<JournalRequest<?>> taken = new ArrayList<>();
    for (JournalRequest<?> each = queue.poll(); each != null; each = queue.poll()) {
      if (each.take()) {
        taken.add(each);
      }
    }
    if (taken.isEmpty()) {
      return; // done together with one before
    }
    try {
      write(taken);
      if (taken.stream().anyMatch(JournalRequest::isDurable)) {
        records.force();
      }
      taken.forEach(JournalRequest::succeed);
    } catch (IOException | RuntimeException | Error e) {
      state = null; // it may be ahead of the file
      taken.forEach(each -> each.fail(e));
    }
  }

  private void write(List<JournalRequest<?>> taken) throws IOException {
    if (locks == null) {
      locks = new ProcessLocks(file.resolveSibling(file.getFileName() + ".lock"));
    }
    FileLock turn = locks.awaitTurn();
    try {
      catchUp();
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (JournalRequest<?> each : taken) {
        List<JournalRecord> added = new ArrayList<>();
        each.decide(state, added);
        for (JournalRecord record : added) {
          state.apply(record);
          lines.writeBytes(record.toLine());
        }
      }
      if (lines.size() > 0) {
        records.append(lines.toByteArray());
        replaceIfLong();
      }
    } finally {
      turn.release();
    }
  }

  private void catchUp() throws IOException {
    if (state == null) {
      records.close();
    }
    if (records.refresh(locks.generation()) || state == null) {
      state = new JournalState(Integer.MAX_VALUE, MOST_CLAIMS);
    }
    records.readOn(state::apply);
  }

  /** When most of it is about calls that have ended. */
  private void replaceIfLong() {
    long size = records.size();
    if (size < leastToReplace
        || size
            < 3L * state.openCount() * TYPICAL_OPEN_LINE
                + 3L * state.claimCount() * TYPICAL_CLAIM_LINE) {
      return;
    }
    try {
      records.replace(state.essence(Instant.now()), locks);
      leastToReplace = Math.max(leastToReplace, 2 * records.size());
    } catch (IOException e) {
      leastToReplace = 2 * size; // what there is goes on growing, which loses nothing
      state = null;
    }
  }

  private void letGo() {
    work();
    try {
      records.close();
      if (locks != null) {
        locks.close();
      }
    } catch (IOException e) {
      // They are closed all the same.
    }
  }
}
