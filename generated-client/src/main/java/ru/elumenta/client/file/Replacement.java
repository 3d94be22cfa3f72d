package ru.elumenta.client.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives files their names. Windows refuses that while anybody has one of them open: a reader, an
 * indexer, a virus scanner. They are waited for, some 1.3 seconds at the most.
 */
public final class Replacement {
  private static final int MOST_TRIES = 9;
  private static final long FIRST_PAUSE_MS = 5;

  private Replacement() {}

  /** One try. */
  public interface Move {
    /** Moves it, or leaves all as it was. */
    void now() throws IOException;
  }

  /**
   * Puts a file in the place of another, as one step.
   *
   * @param next the new file, in the same file system
   * @param file what it replaces, if that is there
   * @throws IOException if it cannot be moved: both files are as they were
   */
  public static void move(Path next, Path file) throws IOException {
    patiently(
        file,
        () ->
            Files.move(
                next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  /**
   * Moves a file in another way.
   *
   * @param file where to
   * @throws IOException of the last try
   */
  public static void patiently(Path file, Move move) throws IOException {
    long pause = FIRST_PAUSE_MS;
    for (int attempt = 1; ; attempt++, pause *= 2) {
      try {
        move.now();
        return;
      } catch (FileSystemException e) {
        if (attempt == MOST_TRIES || !maySoonBeMoved(file, e)) {
          throw e;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      if (Thread.currentThread().isInterrupted()) {
        attempt = MOST_TRIES - 1; // once more, and without waiting
      }
    }
  }

  private static boolean maySoonBeMoved(Path file, FileSystemException e) {
    return !file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && !(e instanceof NoSuchFileException)
        && !(e instanceof FileAlreadyExistsException)
        && !(e instanceof AtomicMoveNotSupportedException);
  }
}
