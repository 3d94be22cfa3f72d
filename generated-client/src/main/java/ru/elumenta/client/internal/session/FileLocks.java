package ru.elumenta.client.internal.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import ru.elumenta.client.file.OwnerOnly;

/**
 * A lock that holds among threads and processes: one of this JVM, and inside it one of the
 * operating system, which belongs to a JVM as a whole and ends with it. On a file of its own,
 * because the session's is replaced.
 */
final class FileLocks {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  /** Of this JVM, by file: several stores may share one. Gone when nobody holds or awaits it. */
  private static final Map<Path, Shared> IN_THIS_JVM = new ConcurrentHashMap<>();

  private final Path lockFile;
  private final String what;

  FileLocks(Path lockFile, Path file) {
    this.lockFile = lockFile;
    this.what = "The session file " + file;
  }

  /** The lock of one file; the number of its users changes inside the map's own lock only. */
  private record Shared(ReentrantLock lock, int users) {
    static ReentrantLock of(Path file) {
      return IN_THIS_JVM.compute(
              file,
              (each, known) ->
                  known == null
                      ? new Shared(new ReentrantLock(), 1)
                      : new Shared(known.lock, known.users + 1))
          .lock;
    }

    static void leave(Path file) {
      IN_THIS_JVM.computeIfPresent(
          file, (each, known) -> known.users == 1 ? null : new Shared(known.lock, known.users - 1));
    }
  }

  /** How many files have a lock in this JVM just now. */
  static int inUse() {
    return IN_THIS_JVM.size();
  }

  /** A lock that is held until it is released. */
  record Held(Path file, ReentrantLock inThisJvm, FileChannel channel) {
    void release() {
      try {
        channel.close(); // which releases it
      } catch (IOException e) {
        // The channel is closed all the same.
      } finally {
        inThisJvm.unlock();
        Shared.leave(file);
      }
    }
  }

  Held acquire(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    Files.createDirectories(lockFile.getParent());
    Path key = lockFile.getParent().toRealPath().resolve(lockFile.getFileName());
    ReentrantLock inThisJvm = Shared.of(key);
    FileChannel channel = null;
    boolean isOurs = false;
    boolean isHeld = false;
    try {
      LockWait.acquire(inThisJvm, patience, what);
      isOurs = true;
      channel = open();
      while (!isHeld) {
        isHeld = tryLock(channel);
        if (!isHeld) {
          pause(end, patience);
        }
      }
      return new Held(key, inThisJvm, channel);
    } finally {
      if (!isHeld) {
        try {
          if (channel != null) {
            channel.close();
          }
        } finally {
          if (isOurs) {
            inThisJvm.unlock();
          }
          Shared.leave(key);
        }
      }
    }
  }

  private FileChannel open() throws IOException {
    return Files.exists(lockFile)
        ? FileChannel.open(lockFile, StandardOpenOption.WRITE)
        : OwnerOnly.open(lockFile, StandardOpenOption.WRITE);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this JVM, but of another class loader
    }
  }

  private void pause(long end, Duration patience) {
    if (System.nanoTime() - end >= 0) {
      throw LockWait.tooLong(what, patience);
    }
    try {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    } catch (InterruptedException e) {
      throw LockWait.interrupted(what, e);
    }
  }
}
