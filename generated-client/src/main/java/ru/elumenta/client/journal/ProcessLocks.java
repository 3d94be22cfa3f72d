package ru.elumenta.client.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import ru.elumenta.client.file.OwnerOnly;

/**
 * What processes tell each other about a journal, in a file beside it that holds eight bytes and is
 * otherwise locked only: locks end with their process, however it ends.
 *
 * <ul>
 *   <li>byte 0 is held by whoever writes;
 *   <li>byte 1 is shared by all JVMs;
 *   <li>bytes 8 to 15 count how often the journal was replaced as a whole;
 *   <li>one byte far behind, a random one for each JVM, is held for as long as it uses the journal:
 *       its number is the owner of the calls.
 * </ul>
 *
 * <p>Used by one thread.
 */
final class ProcessLocks implements Closeable {
  private static final long WRITER = 0;
  private static final long JVM = 1;
  private static final long GENERATION = 8;
  private static final long FIRST_OWNER = 1L << 20;
  private static final long LAST_OWNER = 1L << 53; // JSON tools elsewhere read it exactly

  private static final long LONGEST_TURN_NANOS = 30_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  /** What must not be closed, see below. */
  private static final Map<Path, FileChannel> KEPT = new ConcurrentHashMap<>();

  private final FileChannel channel;
  private final long owner = ThreadLocalRandom.current().nextLong(FIRST_OWNER, LAST_OWNER);

  ProcessLocks(Path file) throws IOException {
    FileChannel kept = KEPT.remove(file);
    channel =
        kept == null
            ? OwnerOnly.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : kept;
    try {
      holdForLife();
    } catch (OverlappingFileLockException e) {
      // The channel stays open: to close it would take away the locks of whoever has them, as
      // POSIX locks belong to a process and a file and not to a channel.
      KEPT.put(file, channel);
      throw new JournalProblem(
          "is in use by another copy of this client in the same JVM (another class loader)",
          "Give each copy a journal of its own.");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void holdForLife() throws IOException {
    boolean isShared = channel.tryLock(JVM, 1, true) != null;
    if (!isShared || channel.tryLock(owner, 1, false) == null) {
      throw new IOException("The lock file cannot be locked.");
    }
  }

  /** The owner of the calls of this JVM. */
  long owner() {
    return owner;
  }

  /**
   * Waits until nobody else writes; to be released. By asking again: a lock that waits is refused
   * as a deadlock when two processes wait for each other in two journals, though their threads do
   * not.
   */
  FileLock awaitTurn() throws IOException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (System.nanoTime() - start < LONGEST_TURN_NANOS) {
      FileLock turn = channel.tryLock(WRITER, 1, false);
      if (turn != null) {
        return turn;
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    throw new JournalProblem(
        "has been held by another process for 30 s", "Find out which process holds it.");
  }

  /**
   * Returns whether the JVM of an owner still uses the journal. To be asked by who has the turn.
   */
  boolean isAlive(long other) {
    if (other == owner) {
      return true;
    }
    try (FileLock lock = channel.tryLock(other, 1, false)) {
      return lock == null;
    } catch (IOException | OverlappingFileLockException e) {
      return true; // it cannot be told, and nobody's call is to be taken for an orphan
    }
  }

  long generation() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    return channel.read(bytes, GENERATION) < Long.BYTES ? 0 : bytes.getLong(0);
  }

  /** Tells all others to read the journal anew. */
  void nextGeneration() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, generation() + 1);
    channel.write(bytes, GENERATION);
  }

  /** Ends the life of the owner, as the end of the process would. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
